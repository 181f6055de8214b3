type Json = Readonly<Record<string, unknown>>;

/**
 * A document with much of what vendors do, of as many operations as wanted; the same seed gives the same document. Names
 * that TypeScript needs for itself, ids that are missing, doubled or no identifiers, all kinds of bodies, ranges of
 * statuses, and schemas that lead back to themselves.
 */
export function vendorDocument(operations: number, seed: number): Json {
  const random = new Random(seed);
  const schemas = vendorSchemas(Math.ceil(operations / 2) + hardNames.length, random);
  return {
    openapi: '3.0.3',
    info: { title: 'Vendor', version: '1' },
    servers: [{ url: 'https://vendor.example/v1' }],
    paths: vendorPaths(operations, Object.keys(schemas), random),
    components: {
      schemas,
      responses: {
        Refused: { description: 'e', content: { 'application/problem+json': { schema: { type: 'object' } } } },
      },
    },
  };
}

const hardNames =
  'Record class Omit Blob string foo.bar foo-bar FooBar 2fa Array paths operations components default Ünder Partial await webhooks VendorApi createVendorApi'.split(
    ' ',
  );

class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (this.#state >>> 8) % bound;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  list<T>(length: number, make: (index: number) => T): readonly T[] {
    return Array.from({ length }, (_, index) => make(index));
  }
}

function refTo(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function vendorSchemas(count: number, random: Random): Record<string, Json> {
  const names = random.list(count, (index) => hardNames[index] ?? (index % 7 ? `Thing${index}` : `v1.Thing-${index}`));
  const any = () => refTo(random.pick(names));
  const schemas: Record<string, Json> = {};
  for (const [index, name] of names.entries())
    schemas[name] = vendorSchema(random, any, () => refTo(names[0] ?? ''), index);
  for (const base of ['Animal', 'Vehicle']) {
    const kinds = random.list(3, (index) => `${base}${index}`);
    schemas[base] = {
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string' } },
      oneOf: kinds.map(refTo),
      discriminator: {
        propertyName: 'kind',
        mapping: Object.fromEntries(kinds.map((kind) => [kind.toLowerCase(), `#/components/schemas/${kind}`])),
      },
    };
    for (const kind of kinds)
      schemas[kind] = { allOf: [refTo(base), { type: 'object', properties: { [kind]: any() } }] };
  }
  schemas['LoopA'] = { anyOf: [refTo('LoopB'), { type: 'string' }] };
  schemas['LoopB'] = { oneOf: [refTo('LoopA'), { type: 'integer' }] };
  schemas['LongUnion'] = { oneOf: names.map(refTo) };
  schemas['LongEnum'] = { type: 'string', enum: random.list(500, (index) => `value ${index}`) };
  return schemas;
}

function vendorSchema(random: Random, any: () => Json, first: () => Json, index: number): Json {
  const object = () => ({
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', readOnly: true },
      ...Object.fromEntries(
        random.list(3 + random.below(6), (key) => [
          `${random.pick(['p', 'weird-key ', '$'])}${key}`,
          property(random, any, 0),
        ]),
      ),
    },
  });
  if (index === 0) return object();
  switch (random.below(14)) {
    case 0:
      return { type: 'string', enum: ['A', 'b c', "it's", '__proto__', '1'] };
    case 1:
      return { type: 'integer', enum: [1, 2, 3, 3] };
    case 2:
      return { oneOf: [any(), any(), any()], discriminator: { propertyName: 'kind' } };
    case 3:
      return { allOf: [any(), object()] };
    case 4:
      return first();
    case 5:
      return { type: 'array', items: any() };
    case 6:
      return { anyOf: [any(), { type: 'string', nullable: true }] };
    case 7:
      return { ...object(), additionalProperties: true };
    default:
      return object();
  }
}

function property(random: Random, any: () => Json, depth: number): Json {
  const deeper = () => property(random, any, depth + 1);
  switch (random.below(depth > 2 ? 6 : 13)) {
    case 0:
      return { type: 'string', format: 'date-time', nullable: true, description: 'ends */ here' };
    case 1:
      return { type: 'integer', minimum: 0, exclusiveMinimum: true };
    case 2:
      return { type: 'string', enum: ['a', 'b-c', null], nullable: true };
    case 3:
      return any();
    case 4:
      return { enum: [1, 'x', false, null] };
    case 5:
      return { type: 'string', format: 'binary' };
    case 6:
      return { type: 'array', items: deeper() };
    case 7:
      return { type: 'object' };
    case 8:
      return { type: 'object', additionalProperties: deeper() };
    case 9:
      return { oneOf: [any(), any()] };
    case 10:
      return { allOf: [any()], nullable: true };
    case 11:
      return { type: 'object', required: ['x y'], properties: { 'x y': deeper(), constructor: deeper() } };
    default:
      return { anyOf: [any(), { type: 'string' }] };
  }
}

function vendorPaths(count: number, names: readonly string[], random: Random): Json {
  const any = () => refTo(random.pick(names));
  const paths: Record<string, Record<string, unknown>> = {};
  for (let index = 0; index < count; index += 1) {
    const path = `/r${Math.floor(index / 3)}/{thing-id}${index % 3 ? `/sub${index % 3}/{id}` : ''}`;
    const inPath = ['thing-id', ...(index % 3 ? ['id'] : [])];
    const item = (paths[path] ??= {
      parameters: inPath.map((name) => ({ name, in: 'path', required: true, schema: { type: 'integer' } })),
    });
    const method = random.pick(['get', 'post', 'put', 'patch', 'delete', 'head']);
    const ids = [`op${index}`, `things/list-${index}`, `Things.Get ${index}`, `twice${Math.floor(index / 20)}`, ''];
    const operationId = random.pick(ids);
    item[method] = {
      ...(operationId !== '' && { operationId }),
      description: 'Ends */ here.',
      parameters: [
        { name: 'filter', in: 'query', style: 'deepObject', explode: true, schema: { type: 'object' } },
        { name: 'tags', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
        { name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } },
        { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
        { name: 'sid', in: 'cookie', schema: { type: 'string' } },
      ],
      ...(method !== 'head' && random.below(2) && { requestBody: requestBody(random, any) }),
      responses: {
        [random.pick(['200', '2XX'])]: { description: 'ok', content: media(random, any()) },
        ...(random.below(2) && { '4XX': { $ref: '#/components/responses/Refused' } }),
        ...(random.below(2) && { default: { description: 'd', content: media(random, any()) } }),
      },
      callbacks: {
        done: { '{$request.body#/url}': { post: { operationId: 'done', responses: { 200: { description: 'd' } } } } },
      },
    };
  }
  return paths;
}

function requestBody(random: Random, any: () => Json): Json {
  switch (random.below(4)) {
    case 0: {
      const file = { type: 'string', format: 'binary' };
      return { content: { 'multipart/form-data': { schema: { type: 'object', properties: { file, meta: any() } } } } };
    }
    case 1:
      return { content: { 'application/x-www-form-urlencoded': { schema: any() } } };
    default:
      return { required: random.below(2) === 0, content: media(random, any()) };
  }
}

function media(random: Random, schema: Json): Json {
  switch (random.below(6)) {
    case 0:
      return { 'application/xml': { schema }, 'application/json': { schema } };
    case 1:
      return { '*/*': { schema } };
    case 2:
      return { 'text/plain': { schema: { type: 'string' } } };
    case 3:
      return { 'application/pdf': {} };
    default:
      return { 'application/json': { schema } };
  }
}

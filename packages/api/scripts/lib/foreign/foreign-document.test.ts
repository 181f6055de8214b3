import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from '../../testing/run-script.ts';
import { vendorProject, type VendorProject } from '../../testing/vendor-project.ts';
import { valueAt } from '../json.ts';
import { InvalidSpecError } from '../problem.ts';
import { readForeign } from './foreign-document.ts';

const vendor = `openapi: 3.0.3
info: { title: Vendor, version: '1' }
servers: [{ url: https://vendor.example }]
paths:
  /things:
    $ref: paths.yaml#/things
components:
  schemas:
    Place: { type: object, properties: { name: { type: string } } }
`;
const paths = `things:
  get:
    responses:
      '200':
        description: All.
        content:
          application/json:
            schema: { $ref: schemas/thing.yaml }
            example: { name: a, parts: [{ name: b }] }
`;
const thing = `type: object
required: [name]
properties:
  name: { type: string }
  place: { $ref: ../vendor.yaml#/components/schemas/Place }
  parts: { type: array, items: { $ref: ./thing.yaml } }
`;
const files = { 'vendor.yaml': vendor, 'paths.yaml': paths, 'schemas/thing.yaml': thing };

async function problemsOf({ folder, entry }: VendorProject): Promise<readonly string[]> {
  try {
    await readForeign(entry);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidSpecError)) throw error;
    return error.problems.map(
      ({ file, line, column, rule, message }) => `${relative(folder, file)}:${line}:${column} ${rule}: ${message}`,
    );
  }
}

function lint({ config }: VendorProject) {
  return runScript('lint-specs.ts', ['--config', config]);
}

function swap(text: string, piece: string, other: string): string {
  if (!text.includes(piece)) throw new Error(`there is no ${piece}`);
  return text.replace(piece, other);
}

test('references over files are followed, also in a circle, and every file is known', async () => {
  const { folder, entry } = vendorProject(files);
  const document = await readForeign(entry);
  expect(valueAt(document.root, ['components', 'schemas', 'thing', 'properties', 'parts', 'items'])).toEqual({
    $ref: '#/components/schemas/thing',
  });
  expect(valueAt(document.root, ['components', 'schemas', 'thing', 'properties', 'place'])).toEqual({
    $ref: '#/components/schemas/Place',
  });
  expect(document.files.map((file) => relative(folder, file)).toSorted()).toEqual([
    'specs/paths.yaml',
    'specs/schemas/thing.yaml',
    'specs/vendor.yaml',
  ]);
});

test('a reference that leads nowhere is shown where it stands, in whichever file', async () => {
  const broken = { ...files, 'schemas/thing.yaml': swap(thing, './thing.yaml', './gone.yaml') };
  expect(await problemsOf(vendorProject(broken))).toEqual([
    expect.stringMatching(
      /^specs\/schemas\/thing\.yaml:6:25 bundler: the reference \.\/gone\.yaml leads nowhere: there is no file .*specs\/schemas\/gone\.yaml; mend it with an overlay$/,
    ),
  ]);
});

test('a reference names the pointer that is missing, in this file or another one, and the file that is no YAML', async () => {
  const broken = {
    ...files,
    'paths.yaml': swap(paths, 'schemas/thing.yaml', 'schemas/thing.yaml#/gone'),
    'vendor.yaml': `${vendor}    Pin: { $ref: '#/components/schemas/Gone' }\n    Nil: { $ref: nil.yaml }\n`,
    'nil.yaml': '{',
  };
  expect(await problemsOf(vendorProject(broken))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^specs\/paths\.yaml:8:\d+ bundler: the reference schemas\/thing\.yaml#\/gone leads nowhere: there is no \/gone in .*specs\/schemas\/thing\.yaml; mend/,
      ),
      expect.stringMatching(
        /^specs\/vendor\.yaml:10:\d+ bundler: the reference #\/components\/schemas\/Gone leads nowhere: there is no \/components\/schemas\/Gone in .*vendor\.yaml; mend/,
      ),
      expect.stringMatching(
        /^specs\/vendor\.yaml:11:\d+ bundler: the reference nil\.yaml leads nowhere: .*nil\.yaml cannot be read: /,
      ),
    ]),
  );
});

test('a reference into the network is refused', async () => {
  const broken = { ...files, 'paths.yaml': swap(paths, 'schemas/thing.yaml', 'https://vendor.example/thing.yaml') };
  expect(await problemsOf(vendorProject(broken))).toEqual([
    expect.stringMatching(
      /^specs\/paths\.yaml:8:\d+ bundler: the reference https:\/\/vendor\.example\/thing\.yaml leads into the network; save what it refers to beside the document, and refer to that file with an overlay$/,
    ),
  ]);
});

test('what a client cannot call is refused, whatever the lint is told to allow', async () => {
  const broken = { ...files, 'vendor.yaml': swap(vendor, '/things:', '/things/{thing}:') };
  expect(await problemsOf(vendorProject(broken))).toEqual([
    expect.stringMatching(
      /^specs\/paths\.yaml:2:\d+ path-parameters-defined: .*`\{thing\}`.*; mend it with an overlay$/,
    ),
  ]);
  const twice = '  get:\n    parameters: [&q { name: q, in: query, schema: { type: string } }, *q]\n';
  expect(await problemsOf(vendorProject({ ...files, 'paths.yaml': swap(paths, '  get:\n', twice) }))).toEqual([
    expect.stringMatching(/^specs\/paths\.yaml:3:\d+ operation-parameters-unique: /),
  ]);
});

test('a wrong path parameter makes no client', { timeout: 30_000 }, async () => {
  const mistaken = swap(paths, '  get:\n', '  get:\n    parameters: [{ name: id, in: path, required: true }]\n');
  const { config } = vendorProject({ ...files, 'paths.yaml': mistaken });
  expect(await runScript('generate.ts', ['--config', config])).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('Nothing was generated'),
  });
});

test('what is no OpenAPI is shown where it stands, in whichever file', async () => {
  const broken = { ...files, 'paths.yaml': swap(paths, 'description: All.', 'descriptions: All.') };
  expect(await problemsOf(vendorProject(broken))).toEqual([
    expect.stringMatching(/^specs\/paths\.yaml:4:7 struct: The field `description` must be present/),
    expect.stringMatching(/^specs\/paths\.yaml:5:9 struct: Property `descriptions` is not expected here; did you mean/),
  ]);
});

test.each([
  ['openapi: 3.0.3', "swagger: '2.0'", 'it says "2.0"'],
  ['openapi: 3.0.3', 'openapi: 3.2.0', 'it says "3.2.0"'],
  ['openapi: 3.0.3', 'x-openapi: 3.0.3', 'it names no version'],
])('another version is refused: %s becomes %s', async (piece, other, found) => {
  expect(await problemsOf(vendorProject({ ...files, 'vendor.yaml': swap(vendor, piece, other) }))).toEqual([
    `specs/vendor.yaml:1:1 openapi-version: OpenAPI 3.0 or 3.1 is needed, and ${found}; an older document has to be converted first`,
  ]);
});

test('broken YAML and a file that is missing are told', async () => {
  expect(await problemsOf(vendorProject({ 'vendor.yaml': 'openapi: 3.0.3\nopenapi: 3.0.3\n' }))).toEqual([
    expect.stringMatching(/^specs\/vendor\.yaml:2:1 yaml: /),
  ]);
  expect(await problemsOf(vendorProject({}))).toEqual([expect.stringMatching(/^specs\/vendor\.yaml:1:1 readable: /)]);
});

const overlay = `overlay: 1.0.0
info: { title: o, version: '1' }
actions:
  - target: $.components.schemas.thing.properties
    update:
      size: { type: integer }
`;

test('an overlay mends what came from another file; one that is idle is an error in its own lines', async () => {
  const { entry } = vendorProject({ ...files, 'mend.yaml': overlay }, ['specs/mend.yaml']);
  const { root } = await readForeign(entry);
  expect(valueAt(root, ['components', 'schemas', 'thing', 'properties', 'size'])).toEqual({ type: 'integer' });

  const idle = swap(overlay, '.thing.', '.gone.');
  expect(await problemsOf(vendorProject({ ...files, 'mend.yaml': idle }, ['specs/mend.yaml']))).toEqual([
    expect.stringMatching(/^specs\/mend\.yaml:4:5 overlay: \$\.components\.schemas\.gone\.properties selects nothing/),
  ]);
});

test('an overlay may take away a reference that leads nowhere, and refer to files of its own', async () => {
  const broken = { ...files, 'paths.yaml': swap(paths, 'schemas/thing.yaml', 'schemas/gone.yaml') };
  const schema = '$.paths["/things"].get.responses["200"].content["application/json"].schema';
  const mend = `overlay: 1.0.0
actions:
  - { target: '${schema}', update: { $ref: schemas/thing.yaml } }
`;
  const { entry } = vendorProject({ ...broken, 'mend.yaml': mend }, ['specs/mend.yaml']);
  const { root } = await readForeign(entry);
  expect(valueAt(root, ['components', 'schemas', 'thing', 'required'])).toEqual(['name']);
});

test('what an overlay broke is shown in the overlay', async () => {
  const broken = swap(overlay, 'type: integer', 'type: whole');
  expect(await problemsOf(vendorProject({ ...files, 'mend.yaml': broken }, ['specs/mend.yaml']))).toEqual([
    expect.stringMatching(/^specs\/mend\.yaml:6:15 struct: `type` can be one of/),
  ]);
});

test('a word for x-retry that nobody knows is shown where it stands', async () => {
  const mend = `overlay: 1.0.0
actions:
  - target: $.paths['/things'].get
    update:
      x-retry: saef
`;
  expect(await problemsOf(vendorProject({ ...files, 'mend.yaml': mend }, ['specs/mend.yaml']))).toEqual([
    expect.stringMatching(/^specs\/mend\.yaml:5:7 retry-class: x-retry must be one of safe, .*; it is "saef"$/),
  ]);
});

test('the lint checks examples against what an overlay made of the schema', { timeout: 30_000 }, async () => {
  expect(await lint(vendorProject(files))).toMatchObject({ exitCode: 0 });

  const strict = `${overlay}  - target: $.components.schemas.thing\n    update: { required: [size] }\n`;
  const { exitCode, output } = await lint(vendorProject({ ...files, 'mend.yaml': strict }, ['specs/mend.yaml']));
  expect(exitCode).toBe(1);
  expect(output).toMatch(
    /paths\.yaml:9:\d+ no-invalid-media-type-examples: .*must have required property 'size'.*; mend it with an overlay/,
  );
});

test('nullable without a type is that or null, for the types and for the examples', { timeout: 30_000 }, async () => {
  const properties = `  place: { nullable: true, allOf: [{ $ref: ../vendor.yaml#/components/schemas/Place }] }
  state: { nullable: true, enum: [OPEN] }
  nullable: { nullable: true }
  plain: { nullable: false, oneOf: [{ $ref: ../vendor.yaml#/components/schemas/Place }] }
`;
  const place = '  place: { $ref: ../vendor.yaml#/components/schemas/Place }\n';
  const example = (text: string) => ({
    'vendor.yaml': vendor,
    'paths.yaml': swap(paths, '{ name: a, parts: [{ name: b }] }', `{ name: a, ${text} }`),
    'schemas/thing.yaml': swap(thing, place, properties),
  });
  const project = vendorProject(example('place: null, state: null, nullable: 7, plain: { name: b }'));
  expect(await lint(project)).toMatchObject({ exitCode: 0 });
  await runScript('generate.ts', ['--config', project.config]);
  const types = readFileSync(`${project.output}/vendor/types.ts`, 'utf8');
  expect(types).toMatch(/place\?: components\["schemas"\]\["Place"\] \| null;/);
  expect(types).toMatch(/state\?: "OPEN" \| null;/);

  const { exitCode, output } = await lint(vendorProject(example('place: { name: 7 }, plain: null')));
  expect(exitCode).toBe(1);
  expect(output).toMatch(/paths\.yaml:9:\d+ no-invalid-media-type-examples: .*`name` property type must be string/);
  expect(output).toMatch(/`plain` property type must be object/);
});

test('generating with a document of our own that is none says how to take it', { timeout: 30_000 }, async () => {
  const { config } = vendorProject(files);
  writeFileSync(config, readFileSync(config, 'utf8').replace('"rules":"foreign"', '"rules":"strict"'));
  const { exitCode, output } = await runScript('generate.ts', ['--config', config]);
  expect(exitCode).toBe(1);
  expect(output).toContain('takes "rules": "foreign" in its entry');
});

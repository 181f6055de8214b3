import {
  BaseResolver,
  bundle,
  createConfig,
  detectSpec,
  getTypes,
  isAbsoluteUrl,
  normalizeTypes,
  resolveDocument,
  Source,
  type Config,
  type Document,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { asObject, isObject, refPath, valueAt, type JsonObject } from '../json.ts';
import { Origins } from './origins.ts';
import { describeUnresolved } from './unresolved.ts';

/** Puts the files that a document refers to into it: what they define goes into `components`. */
export class Bundler {
  readonly origins = new Origins();
  readonly #resolver: FileResolver;
  readonly #config: Config;
  readonly #document: Document;

  private constructor(config: Config, resolver: FileResolver, document: Document) {
    this.#config = config;
    this.#resolver = resolver;
    this.#document = document;
  }

  /** Throws when the file cannot be read, is not YAML, or says nothing that could be OpenAPI; `read` may read elsewhere. */
  static async read(file: string, read?: (file: string) => string): Promise<Bundler> {
    const config = await createConfig({});
    const resolver = new FileResolver(config.resolve, read);
    const document = await resolver.resolveDocument(null, file, true);
    if (document instanceof Error) throw document;
    const spec = detectSpec(document.parsed);
    if (spec !== 'oas3_0' && spec !== 'oas3_1') throw new Error(`a document of ${spec} is not supported`);
    return new Bundler(config, resolver, document);
  }

  /** Absolute paths of everything that was read so far. */
  get files(): readonly string[] {
    return [...this.#resolver.cache.keys()];
  }

  get root(): JsonObject {
    return asObject(this.#document.parsed);
  }

  /** Returns the references that lead nowhere. */
  async bundle(root: JsonObject = this.root): Promise<readonly NormalizedProblem[]> {
    const document = this.#document;
    document.parsed = root;
    const spec = detectSpec(root);
    const { Root: rootType } = normalizeTypes(this.#config.extendTypes(getTypes(spec), spec), this.#config);
    if (rootType === undefined) throw new Error(`Redocly does not know what a document of ${spec} is made of`);
    const externalRefResolver = this.#resolver;
    await resolveDocument({ rootDocument: document, rootType, externalRefResolver });
    // Bundling changes the parsed files, so what is of which file has to be known before.
    await this.#recordOrigins();
    const { problems } = await bundle({
      doc: document,
      config: this.#config,
      externalRefResolver,
      componentRenamingConflicts: 'off',
    });
    const errors = problems.filter(({ severity }) => severity === 'error');
    return await Promise.all(errors.map((problem) => this.#explained(problem)));
  }

  // Redocly says of a reference that leads nowhere neither what it is nor, often, what is missing.
  async #explained(problem: NormalizedProblem): Promise<NormalizedProblem> {
    const [said, reason] = problem.message.split(/: (.*)/s, 2);
    const [location] = problem.location;
    if (said !== "Can't resolve $ref" || location === undefined) return problem;
    const file = location.source.absoluteRef;
    const read = await this.#resolver.cache.get(file);
    const parsed = read === undefined || read instanceof Error ? this.root : read.parsed;
    const place = valueAt(parsed, refPath(location.pointer ?? '#/') ?? []);
    // A discriminator's mapping holds references as they are.
    const reference = isObject(place) ? place['$ref'] : place;
    if (typeof reference !== 'string') return problem;
    return { ...problem, message: describeUnresolved(reference, file, reason) };
  }

  async #recordOrigins(): Promise<void> {
    for (const [file, reading] of this.#resolver.cache) {
      // A file that cannot be read is a reference that leads nowhere.
      const read = await reading.catch(() => undefined);
      if (read !== undefined && !(read instanceof Error)) this.origins.record({ file, at: [] }, read.parsed);
    }
  }
}

/** What is generated must be the same tomorrow and without a network. */
class FileResolver extends BaseResolver {
  readonly #read: ((file: string) => string) | undefined;

  constructor(config: Config['resolve'], read: ((file: string) => string) | undefined) {
    super(config);
    this.#read = read;
  }

  override async loadExternalRef(reference: string): ReturnType<BaseResolver['loadExternalRef']> {
    if (isAbsoluteUrl(reference)) {
      throw new Error(`${reference} is on the network`);
    }
    return this.#read === undefined ? super.loadExternalRef(reference) : new Source(reference, this.#read(reference));
  }
}

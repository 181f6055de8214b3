import {
  BaseResolver,
  bundle,
  createConfig,
  detectSpec,
  getTypes,
  isAbsoluteUrl,
  normalizeTypes,
  resolveDocument,
  type NormalizedProblem,
} from '@redocly/openapi-core';
import { isObject, type JsonObject } from '../json.ts';
import { Origins } from './origins.ts';

/** A document with the files that it refers to put into it. */
export interface Bundled {
  root: JsonObject;
  readonly origins: Origins;
  /** Absolute paths of everything that was read. */
  readonly files: readonly string[];
  readonly problems: readonly NormalizedProblem[];
}

/** Reads a document and puts the files that it refers to into it: what they define goes into `components`. */
export async function readBundled(file: string): Promise<Bundled> {
  const config = await createConfig({ resolve: { http: { headers: [] } } });
  const resolver = new FileResolver(config.resolve);
  const document = await resolver.resolveDocument(null, file, true);
  if (document instanceof Error) throw document;
  const spec = detectSpec(document.parsed);
  if (spec !== 'oas3_0' && spec !== 'oas3_1') throw new Error(`a document of ${spec} is not supported`);
  const { Root: rootType } = normalizeTypes(config.extendTypes(getTypes(spec), spec), config);
  if (rootType === undefined) throw new Error(`Redocly does not know what a document of ${spec} is made of`);
  await resolveDocument({ rootDocument: document, rootType, externalRefResolver: resolver });

  // Bundling changes the parsed files, so what is of which file has to be known before.
  const origins = new Origins();
  const files = [...resolver.cache.keys()];
  for (const name of files) {
    const read = await resolver.cache.get(name)?.catch(() => undefined);
    if (read !== undefined && !(read instanceof Error)) origins.record({ file: name, at: [] }, read.parsed);
  }
  const { bundle: bundled, problems } = await bundle({
    doc: document,
    config,
    externalRefResolver: resolver,
    componentRenamingConflicts: 'off',
  });
  const root: unknown = bundled.parsed;
  return { root: isObject(root) ? root : {}, origins, files, problems };
}

/** What is generated must be the same tomorrow and without a network. */
class FileResolver extends BaseResolver {
  override async loadExternalRef(reference: string): ReturnType<BaseResolver['loadExternalRef']> {
    if (isAbsoluteUrl(reference)) {
      throw new Error(`${reference} is on the network: save it beside the document and refer to the file`);
    }
    return super.loadExternalRef(reference);
  }
}

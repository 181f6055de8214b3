import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from '@microsoft/api-extractor';
import type { EntryPoint, PublishedPackage } from './published-packages.ts';

/** What users of a package can see of its types, as one text for each entry point. */
export function describeTypes(of: PublishedPackage): ReadonlyMap<string, string> {
  const temporary = mkdtempSync(join(tmpdir(), 'public-api-'));
  try {
    const configs = of.entryPoints.map((entryPoint) => ({ entryPoint, config: configFor(of, entryPoint, temporary) }));
    const [first, ...others] = configs;
    if (first === undefined) throw new Error(`${of.name} has no entry point.`);
    const compilerState = CompilerState.create(first.config, {
      additionalEntryPoints: others.map(({ config }) => config.mainEntryPointFilePath),
    });
    const unexported = new Map(
      configs.map(({ entryPoint, config }) => [entryPoint.name, unexportedAfter(config, compilerState)]),
    );
    const texts = new Map(configs.map(({ entryPoint: { name } }) => [name, read(join(temporary, `${name}.api.md`))]));
    requireKnownTypes(of, texts, unexported);
    return texts;
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function configFor(of: PublishedPackage, { name, declarations }: EntryPoint, temporary: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(of.folder, 'package.json'),
    configObject: {
      projectFolder: of.folder,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            strict: true,
            target: 'es2023',
            module: 'nodenext',
            lib: ['es2024', 'dom'],
            types: [],
            skipLibCheck: true,
          },
          files: of.entryPoints.map((entryPoint) => entryPoint.declarations),
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(temporary, 'committed'),
        reportTempFolder: temporary,
        // Types that are part of others show, exported or not; beside the index they are those of the index.
        includeForgottenExports: name === 'index',
      },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

function nameOfSymbol({ text }: ExtractorMessage): string {
  const name = /symbol "([^"]+)"/.exec(text)?.[1];
  if (name === undefined) throw new Error(`API Extractor names no symbol: ${text}`);
  return name;
}

/** Writes the report; answers the names of types that are part of exported ones without being exported. */
function unexportedAfter(config: ExtractorConfig, compilerState: CompilerState): readonly string[] {
  const messages: ExtractorMessage[] = [];
  Extractor.invoke(config, {
    compilerState,
    messageCallback: (message) => {
      // Nothing of it goes to the console.
      message.handled = true;
      messages.push(message);
    },
  });
  const errors = messages.filter(({ logLevel }) => logLevel === ExtractorLogLevel.Error);
  if (errors.length > 0) throw new Error(errors.map(({ text }) => text).join('\n'));
  return messages.filter(({ messageId }) => messageId === 'ae-forgotten-export').map(nameOfSymbol);
}

/** Otherwise a type could change that is in no report. */
function requireKnownTypes(
  of: PublishedPackage,
  texts: ReadonlyMap<string, string>,
  unexported: ReadonlyMap<string, readonly string[]>,
): void {
  const index = texts.get('index') ?? '';
  for (const [entryPoint, names] of unexported) {
    if (entryPoint === 'index') continue;
    const missing = names.filter((name) => !isIn(index, name));
    if (missing.length > 0) {
      throw new Error(
        `${of.name}/${entryPoint} shows types that neither it nor ${of.name} shows: ${missing.join(', ')}. Export them.`,
      );
    }
  }
}

const isIn = (report: string, name: string): boolean =>
  new RegExp(`^(export )?(abstract |declare )*(class|const|function|interface|type) ${name}\\b`, 'm').test(report);

const read = (path: string): string => readFileSync(path, 'utf8');

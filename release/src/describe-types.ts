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

interface Report {
  readonly text: string;
  /** Names of types that are part of exported ones without being exported. */
  readonly unexported: readonly string[];
}

/** What users of a package can see of its types, as one text for each entry point. */
export function describeTypes(of: PublishedPackage): ReadonlyMap<string, string> {
  const temporary = mkdtempSync(join(tmpdir(), 'public-api-'));
  try {
    const [index, ...others] = of.entryPoints;
    if (index === undefined) throw new Error(`${of.name} has no entry point.`);
    const compilerState = CompilerState.create(configFor(of, index, temporary, true), {
      additionalEntryPoints: others.map(({ declarations }) => declarations),
    });
    const reportOf = (entryPoint: EntryPoint, withUnexported: boolean): Report =>
      writeReport(configFor(of, entryPoint, temporary, withUnexported), compilerState);
    const { text } = reportOf(index, true);
    const texts = others.map((entryPoint): [string, string] => {
      // What the index shows already is not said again beside it.
      const short = reportOf(entryPoint, false);
      const isComplete = short.unexported.every((name) => shows(text, name));
      return [entryPoint.name, isComplete ? short.text : reportOf(entryPoint, true).text];
    });
    return new Map([[index.name, text], ...texts]);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function configFor(
  of: PublishedPackage,
  { name, declarations }: EntryPoint,
  temporary: string,
  withUnexported: boolean,
): ExtractorConfig {
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
        includeForgottenExports: withUnexported,
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

function writeReport(config: ExtractorConfig, compilerState: CompilerState): Report {
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
  return {
    text: readFileSync(config.reportTempFilePath, 'utf8'),
    unexported: messages.filter(({ messageId }) => messageId === 'ae-forgotten-export').map(nameOfSymbol),
  };
}

const shows = (report: string, name: string): boolean =>
  new RegExp(`^(export )?(abstract |declare )*(class|const|function|interface|type) ${name}\\b`, 'm').test(report);

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { copyProject } from './testing/project-copy.ts';

const compilers = {
  'TypeScript of this package': fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)),
  'TypeScript of the others': fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url)),
};

test('what CONTRIBUTING says of a new document works, step by step', { timeout: 180_000 }, async () => {
  const project = copyProject();
  const blocks = codeOf(sectionOf(project.read('CONTRIBUTING.md'), 'Add a spec'));
  expect(blocks.map(({ language }) => language)).toEqual(['sh', 'json', 'sh', 'ts']);

  for (const { language, code } of blocks) {
    if (language === 'json') project.addEntry(JSON.parse(code));
    else if (language === 'ts') project.write('program.ts', code);
    else for (const line of code.trim().split('\n')) await project.run(line);
  }

  project.write('tsconfig.json', program);
  for (const compiler of Object.values(compilers)) await project.run(`node ${compiler} -p tsconfig.json`);

  const vendor = await startVendor();
  const printed = await project.run(`node --experimental-strip-types --no-warnings program.ts ${vendor.url}/v2 sesame`);
  expect(printed.split('\n')).toEqual([
    'EXPRESS 1290',
    'the parcel is too heavy',
    'Paris Lyon',
    'application/pdf 8',
    '',
  ]);
  expect(vendor.requests).toEqual([
    'POST /v2/quotes sesame application/json {"from":"DE-10115","to":"FR-75001","grams":1200}',
    'POST /v2/quotes sesame application/json {"from":"DE-10115","to":"FR-75001","grams":90000}',
    'GET /v2/zones?services=EXPRESS,STANDARD sesame',
    'GET /v2/quotes/q_1/label sesame',
  ]);

  expect(await project.run('pnpm -C packages/api generate:check')).toBe('Generated code is up to date.\n');
});

const program = JSON.stringify({
  extends: './tsconfig.base.json',
  compilerOptions: { noEmit: true, lib: ['es2024', 'dom'] },
  files: ['program.ts'],
});

function sectionOf(markdown: string, title: string): string {
  const found = markdown.split(/^## /m).find((section) => section.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`there is no section ${title}`);
  return found;
}

function codeOf(section: string): readonly { readonly language: string; readonly code: string }[] {
  const blocks = section.matchAll(/^ *```(\w+)\n([^]*?)^ *```$/gm);
  return [...blocks].map(([, language = '', code = '']) => ({
    language,
    code: code.replaceAll(/^ {3}(?=\S|   )/gm, ''),
  }));
}

async function startVendor() {
  const requests: string[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const { 'x-api-key': key, 'content-type': type } = request.headers;
    requests.push([request.method, request.url, key, type, body].filter(Boolean).join(' '));
    const answer = (status: number, content: unknown, media = 'application/json') => {
      response.writeHead(status, { 'content-type': media });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    };
    if (request.url === '/v2/zones?services=EXPRESS,STANDARD') {
      answer(200, { zones: [{ name: 'France', parts: [{ name: 'Paris' }, { name: 'Lyon' }] }] });
    } else if (request.url === '/v2/quotes/q_1/label') answer(200, '%PDF-1.7', 'application/pdf');
    else if (body.includes('90000')) answer(422, { reason: 'the parcel is too heavy' });
    else answer(201, [{ id: 'q_1', service: 'EXPRESS', cents: 1290, days: 1 }]);
  };
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests };
}

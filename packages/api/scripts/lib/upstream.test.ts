import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitAll } from '../testing/commit-all.ts';
import { documentServer } from '../testing/document-server.ts';
import { smallSpec } from '../testing/small-spec.ts';
import { temporaryProject } from '../testing/temporary-project.ts';
import { factText } from './fact-lines.ts';
import { factsOfText, readUpstream } from './upstream.ts';

const expected = factText(factsOfText(smallSpec(), 'orders'));

async function factsFrom(source: string, folder: string) {
  const upstream = await readUpstream(source, { folder, timeoutMs: 5000 });
  return upstream.type === 'facts' ? factText(upstream.facts) : upstream.type;
}

test('a document is read from an address, a file and a revision', async () => {
  const { folder, spec } = temporaryProject();
  const server = await documentServer((_request, response) => response.end(smallSpec()));
  expect(await factsFrom(server.url, folder)).toBe(expected);
  expect(await factsFrom(spec, folder)).toBe(expected);
  expect(await factsFrom('specs/orders.yaml', folder)).toBe(expected);

  commitAll(folder);
  expect(await factsFrom('git:HEAD:specs/orders.yaml', folder)).toBe(expected);
  await expect(factsFrom('git:HEAD', folder)).rejects.toThrow('say which file');
  await expect(factsFrom('git:nowhere:specs/orders.yaml', folder)).rejects.toThrow(
    /^git:nowhere:specs\/orders\.yaml: .*nowhere/,
  );
  await expect(factsFrom('git:--output=x', folder)).rejects.toThrow('say git:REVISION:PATH');
  await expect(factsFrom('git:HEAD:specs/orders.yaml', `${folder}/gone`)).rejects.toThrow(
    `git:HEAD:specs/orders.yaml: there is no folder ${folder}/gone`,
  );
});

test('a document in several files is read with all of them, but only where they are', async () => {
  const project = temporaryProject();
  const schemas = 'components:\n  schemas:\n    Note:\n      type: string\n      maxLength: 9\n';
  const many = smallSpec({
    '        number:\n':
      "        note:\n          $ref: 'parts/notes.yaml#/components/schemas/Note'\n        number:\n",
  });
  project.write('many.yaml', many);
  await expect(factsFrom('many.yaml', project.folder)).rejects.toThrow(/^many\.yaml: .*notes\.yaml/);
  project.write('parts/notes.yaml', schemas);
  const lines = (await factsFrom('many.yaml', project.folder)).split('\n');
  const line = lines.find((one) => one.includes('$.note :: max'));
  expect(line).toBe('GET /orders/{id} [200 application/json] $.note :: maxLength=9');
  commitAll(project.folder);
  rmSync(join(project.folder, 'parts'), { recursive: true });
  expect(await factsFrom('git:HEAD:many.yaml', project.folder)).toBe(lines.join('\n'));
  commitAll(project.folder);
  await expect(factsFrom('git:HEAD:many.yaml', project.folder)).rejects.toThrow(
    /^git:HEAD:many\.yaml: the reference parts\/notes\.yaml#.* leads nowhere: .*parts\/notes\.yaml.*'HEAD'/,
  );
  const server = await documentServer((_request, response) => response.end(many));
  await expect(factsFrom(server.url, project.folder)).rejects.toThrow('put all of them into a folder');
});

test('an address with credentials is refused without showing them', async () => {
  const read = factsFrom('https://user:s3cret@api.example/a.yml', '/');
  await expect(read).rejects.toThrow('https://api.example/a.yml: leave the credentials out');
});

test.each([
  ['nothing', ' \n', 'the document is empty'],
  ['a page', '<!doctype html><p>Sign in</p>', 'this is a page'],
  ['a text', 'Service unavailable', 'not a mapping'],
  ['half a document', smallSpec().slice(0, 1500), 'leads nowhere'],
  ['half a document in JSON', '{"openapi": "3.1.0", "paths": {"/a":', 'JSON'],
  ['a document without operations', 'openapi: 3.1.0\ninfo: {}\npaths: {}\n', 'there is no operation'],
  ['a document of another kind', 'swagger: "2.0"\npaths: {}\n', 'not an OpenAPI 3 document'],
  ['broken YAML', 'openapi: [', 'at line 1'],
])('%s is no document', (_what, text, message) => {
  expect(() => factsOfText(text, 'orders')).toThrow(message);
  expect(() => factsOfText(text, 'orders')).toThrow(/^orders: /);
});

test('a file that is not there is named', async () => {
  await expect(factsFrom('gone.yaml', '/')).rejects.toThrow('gone.yaml: there is no such file');
});

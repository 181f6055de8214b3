import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellCommand } from './shell.js';

test('plain words stand as they are', () => {
  expect(shellCommand(['gateway-sync', 'plan', '--config', './shops/gateway-sync.yaml', '--tenant', 'acme'])).toBe(
    'gateway-sync plan --config ./shops/gateway-sync.yaml --tenant acme',
  );
});

test.each(['my shops.yaml', "it's.yaml", '$HOME/`id`;"x"', '', 'ümlaut', '*'])('a shell reads %j as it was', (word) => {
  const told = execFileSync('sh', ['-c', shellCommand(['printf', '%s|', 'a', word])], { encoding: 'utf8' });
  expect(told).toBe(`a|${word}|`);
});

test('nothing in a command controls the terminal', () => {
  expect(shellCommand(['plan', 'a\u001B[2J\nb'])).toBe("plan 'a�[2J�b'");
});

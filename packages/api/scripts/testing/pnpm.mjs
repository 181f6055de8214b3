#!/usr/bin/env node
// Runs a script of a package.json like pnpm, which would look after the installation first.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const args = process.argv.slice(2);
const folder = args[0] === '-C' ? resolve(args[1]) : process.cwd();
const name = args[0] === '-C' ? args[2] : args[0];
// A package that is not in the copy has nothing to do.
if (!existsSync(folder)) process.exit(0);
const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
if (scripts[name] === undefined) throw new Error(`${folder} has no script ${name}`);
const command = `PATH="${join(folder, 'node_modules/.bin')}:$PATH"; ${scripts[name]}`;
const { status } = spawnSync('sh', ['-c', command], { cwd: folder, stdio: 'inherit' });
process.exit(status ?? 1);

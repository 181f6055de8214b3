import { execFileSync } from 'node:child_process';

/** Makes a folder a Git repository, where it is none, and commits everything in it. */
export function commitAll(folder: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '-A', '.');
  git('commit', '-qm', 'all');
}

/** Brings Debian's package of Prometheus, promtool included, where it is not there; as root, as CI is. */
import { spawnSync } from 'node:child_process';

const isThere = ['prometheus', 'promtool'].every((name) => spawnSync(name, ['--version']).status === 0);
if (!isThere) {
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'prometheus');
}

function run(command: string, ...args: readonly string[]): void {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `Could not install Debian's package prometheus (${command}); install prometheus and promtool by hand\n${stdout}${stderr}`,
    { cause: error },
  );
}

import { readdir, readFile } from 'node:fs/promises';

/** Of Linux, everywhere. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time that a process and all those below it have used and are still there. */
export async function processorSeconds(pid: number): Promise<number> {
  const all = await processes();
  const below = new Set([pid]);
  for (let before = 0; before < below.size;) {
    before = below.size;
    for (const { pid: one, parent } of all) if (below.has(parent)) below.add(one);
  }
  return all.filter((one) => below.has(one.pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

async function processes(): Promise<readonly Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(processOf));
  return found.filter((one) => one !== undefined);
}

async function processOf(pid: string): Promise<Process | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system, ofChildrenUser, ofChildrenSystem] = [1, 11, 12, 13, 14].map((at) =>
      Number(fields[at]),
    );
    const ticks = (user ?? 0) + (system ?? 0) + (ofChildrenUser ?? 0) + (ofChildrenSystem ?? 0);
    return { pid: Number(pid), parent: parent ?? 0, ticks };
  } catch {
    return undefined;
  }
}

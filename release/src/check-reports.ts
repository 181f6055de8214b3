import { relative } from 'node:path';
import { readChangesets } from '@changesets/read';
import { createTwoFilesPatch } from 'diff';
import { committedReports, reportFile } from './committed-reports.ts';
import { describeTypes } from './describe-types.ts';
import { publishedPackages, type PublishedPackage } from './published-packages.ts';
import { changedSinceRelease } from './released.ts';

/** Beyond that a patch says no more than that much has changed. */
const SHOWN_LINES = 60;

/** What keeps a change of public types from being seen: by reviewers in the reports, by users in a changeset. */
export async function problemsOfReports(root: string): Promise<readonly string[]> {
  const packages = publishedPackages(root);
  const patches = packages.flatMap((one) => patchesOf(one, root));
  if (patches.length > 0) {
    return [
      ...patches,
      'The public types are not those of the reports. If that is meant, run `pnpm api-reports`, commit what it wrote,',
      'and tell users with `pnpm changeset`.',
    ];
  }
  const changesets = await readChangesets(root);
  const announced = new Set(changesets.flatMap(({ releases }) => releases.map(({ name }) => name)));
  return packages
    .filter((one) => changedSinceRelease(one) && !announced.has(one.name))
    .map(
      ({ name, version }) =>
        `The public types of ${name} are not those of ${version} any more, and no changeset says so: run \`pnpm changeset\`.`,
    );
}

function patchesOf(of: PublishedPackage, root: string): readonly string[] {
  const [described, committed] = [describeTypes(of), committedReports(of)];
  return [...new Set([...described.keys(), ...committed.keys()])]
    .filter((name) => described.get(name) !== committed.get(name))
    .map((name) => {
      const path = relative(root, reportFile(of, name));
      return patch(path, committed.get(name) ?? '', described.get(name) ?? '');
    });
}

function patch(path: string, before: string, after: string): string {
  const lines = createTwoFilesPatch(path, path, before, after, 'committed', 'now', { context: 2 }).split('\n').slice(1);
  const hidden = lines.length - SHOWN_LINES;
  return [...lines.slice(0, SHOWN_LINES), ...(hidden > 0 ? [`… and ${hidden} lines more`] : [])].join('\n');
}

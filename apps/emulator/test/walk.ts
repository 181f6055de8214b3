/** A command of the walk and what it says there about its output; null when it says nothing. */
export interface Step {
  readonly command: string;
  readonly output: string | null;
}

/** The steps of the shell blocks in a part of the README. Comments before the first command of a paragraph are for people. */
export function readSteps(markdown: string): readonly Step[] {
  const blocks = [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n\n').flatMap(stepsOf));
}

function stepsOf(paragraph: string): readonly Step[] {
  const steps: { command: string; output: string | null }[] = [];
  let open = false;
  for (const line of paragraph.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const last = steps.at(-1);
    if (line.startsWith('#')) {
      if (last !== undefined) last.output = (last.output ?? '') + line.slice(1).trim();
    } else if (last !== undefined && (open || continues(last.command))) {
      last.command += `\n${line}`;
    } else {
      steps.push({ command: line, output: null });
    }
    // A function or a quoted text goes on until it is closed.
    if (!line.startsWith('#')) open = isOpen(steps.at(-1)?.command ?? '');
  }
  return steps;
}

function continues(command: string): boolean {
  return command.endsWith('\\');
}

function isOpen(command: string): boolean {
  const quotes = command.replaceAll("\\'", '').split("'").length - 1;
  return quotes % 2 === 1 || (/^\w+\(\) \{$/m.test(command) && !command.endsWith('\n}'));
}

/** Whether an output is as the README shows it: `…` stands for any text, white space does not count. */
export function toPattern(shown: string): RegExp {
  const parts = shown.split('…').map((part) => part.replaceAll(/\s+/g, '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

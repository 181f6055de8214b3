import { styleText } from 'node:util';

/** Tells the story on standard output, and counts the steps that were seen to work. */
export class Narrator {
  #passed = 0;
  #failed = 0;
  #hushed = false;

  get passed(): number {
    return this.#passed;
  }

  get failed(): number {
    return this.#failed;
  }

  /** One step: `work` does it, looks at the result and says what it saw; what it throws ends the story. */
  async step(title: string, work: () => Promise<string>): Promise<void> {
    this.say(`\n${styleText(['bold', 'cyan'], `▸ ${title}`)}`);
    try {
      const seen = await work();
      this.#passed++;
      this.say(`${styleText('green', '✔')} ${seen}`);
    } catch (error) {
      this.#failed++;
      this.say(`${styleText('red', '✘')} ${error instanceof Error ? error.message : String(error)}`);
      throw new StoryEnded({ cause: error });
    }
  }

  note(text: string): void {
    this.say(styleText('dim', text));
  }

  /** Nothing more is told: the listener left. */
  hush(): void {
    this.#hushed = true;
  }

  say(text: string): void {
    if (!this.#hushed) process.stdout.write(`${text}\n`);
  }
}

/** A step did not work; it has been told already. */
export class StoryEnded extends Error {
  override readonly name = 'StoryEnded';

  constructor(options: ErrorOptions) {
    super('A step of the demo did not work', options);
  }
}

/** Throws with `message` unless `condition` holds. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Asks again until `look` gives something. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | undefined>,
  timeoutMs = 10_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

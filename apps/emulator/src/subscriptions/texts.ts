import type { CatalogueEvent } from '../state/catalogue.js';

type Texts = Readonly<Record<string, string>>;

const GERMAN: Texts = {
  created: 'erstellt',
  updated: 'geändert',
  deleted: 'gelöscht',
  merged: 'zusammengeführt',
  closed: 'geschlossen',
  cancelled: 'storniert',
};

/** Name, group and description of an event type in each of `languages`; German for common verbs, else English. */
export function describeEvent(
  event: CatalogueEvent,
  languages: readonly string[],
): Record<'name' | 'group' | 'description', Texts> {
  const words = event.type.slice(event.type.indexOf('.') + 1).replaceAll(/[-.]/g, ' ');
  const last = words.split(' ').at(-1) ?? words;
  const german = `${words.slice(0, words.length - last.length)}${GERMAN[last] ?? last}`;
  const inEach = (english: string, translated: string): Texts =>
    Object.fromEntries(languages.map((language) => [language, language === 'de' ? translated : english]));
  return {
    name: inEach(capitalize(words), capitalize(german)),
    group: inEach(event.group, event.group),
    description: inEach(`Sent when this happens: ${words}.`, `Wird gesendet, wenn dies geschieht: ${german}.`),
  };
}

/** The languages of `known` that an `Accept-Language` header asks for, best first; the first known one when none fits. */
export function chooseLanguages(header: string | undefined, known: readonly string[]): readonly string[] {
  const fallback = known.slice(0, 1);
  if (header === undefined || header.trim() === '') return fallback;
  const wanted = header
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { range, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  const chosen = wanted.flatMap(({ range }) =>
    range === '*' ? known : known.filter((language) => language === range.split('-')[0]),
  );
  return chosen.length === 0 ? fallback : [...new Set(chosen)];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const RULES_FILE = fileURLToPath(new URL('../prometheus/alerts.yml', import.meta.url));

export interface Rule {
  /** One of both. */
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

export function readRules(): RuleFile {
  return parse(readFileSync(RULES_FILE, 'utf8')) as RuleFile; // promtool checks the file
}

export type Alert = Rule & { readonly alert: string };

export function alertsOf({ groups }: RuleFile): readonly Alert[] {
  return groups.flatMap(({ rules }) => rules.filter((rule): rule is Alert => rule.alert !== undefined));
}

export function expressionsOf({ groups }: RuleFile): readonly string[] {
  return groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
}

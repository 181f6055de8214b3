import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const RULES_FILE = fileURLToPath(new URL('../prometheus/alerts.yml', import.meta.url));

const ruleSchema = z.strictObject({
  /** One of both. */
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const fileSchema = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(ruleSchema) })),
});

export type Rule = z.infer<typeof ruleSchema>;
export type RuleFile = z.infer<typeof fileSchema>;

export function readRules(): RuleFile {
  return fileSchema.parse(parse(readFileSync(RULES_FILE, 'utf8')));
}

export type Alert = Rule & { readonly alert: string };

export function alertsOf({ groups }: RuleFile): readonly Alert[] {
  return groups.flatMap(({ rules }) => rules.filter((rule): rule is Alert => rule.alert !== undefined));
}

export function expressionsOf({ groups }: RuleFile): readonly string[] {
  return groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
}

import { z } from 'zod';
import { globProblem, isGlob } from '../../core/glob.js';

/** An event type, or a glob over the catalogue. */
export const eventPattern = z
  .string()
  .min(1)
  .max(200)
  .superRefine((value, context) => {
    const problem = value === '' ? undefined : globProblem(value.trim());
    if (problem)
      context.addIssue({ code: 'custom', message: `is no ${isGlob(value) ? 'glob' : 'event type'}: ${problem}` });
  });

import { loadContract } from '../src/contract/contract.js';
import type { Answer, Bench } from './support.js';

/** What an answer looks like that keeps the contract and that the emulator has nothing to say about. */
export function asDocumented(status: number): object {
  return { status, problems: [], violation: null, offContract: null, log: [] };
}

export function verdictOn({ log }: Pick<Bench, 'log'>, operationId: string, answer: Answer | undefined): object {
  return {
    status: answer?.status,
    problems: loadContract().judgeAnswer(operationId, answer?.status ?? 0, answer?.body),
    violation: answer?.headers.get('x-emulator-contract-violation'),
    offContract: answer?.headers.get('x-emulator-off-contract'),
    log,
  };
}

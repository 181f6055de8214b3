import { Refusal, type Answer } from '../http/answer.js';

/** One line of a 422: where in the request, and what is wrong there. */
export interface Complaint {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

/** An error as Svix writes it, except for 422. */
export function svixError(status: number, code: string, detail: string): Answer {
  return { status, body: { code, detail } };
}

export function refuseSvix(status: number, code: string, detail: string): never {
  throw new Refusal(svixError(status, code, detail));
}

export function refuseUnknown(): never {
  return refuseSvix(404, 'not_found', 'Entity not found');
}

/** Refuses with 422, one item for each complaint. */
export function refuseComplaints(complaints: readonly Complaint[]): never {
  throw new Refusal({ status: 422, body: { detail: complaints.map(toItem) } });
}

/** Refuses with 422 for one member of the body. */
export function refuseMember(member: string, msg: string): never {
  return refuseComplaints([{ loc: ['body', member], msg }]);
}

/** `query.limit: must be <= 250` → its place as Svix writes one; places without a part of the request are in the body. */
export function toComplaint(problem: string): Complaint {
  const [place = '', ...rest] = problem.split(': ');
  const parts = place.split(/[.[\]]+/).filter((part) => part !== '');
  const isNamed = ['path', 'query', 'header', 'body'].includes(parts[0] ?? '');
  const loc = (isNamed ? parts : ['body', ...parts]).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { loc, msg: rest.join(': ') };
}

function toItem({ loc, msg }: Complaint): object {
  return { loc, msg, type: 'value_error' };
}

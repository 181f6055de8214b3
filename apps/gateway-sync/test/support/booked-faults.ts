import type { Emulator } from '@gateway-sync/emulator';

export interface BookedFault {
  readonly id: string;
  /** Times it worked so far; one that delays a call counts when the call comes in. */
  readonly firings: readonly unknown[];
  readonly spent: boolean;
}

/** The faults of an emulator and what became of them. */
export async function bookedFaults(emulator: Emulator): Promise<readonly BookedFault[]> {
  const answer = await emulator.fetch(new Request('http://emulator/_emulator/faults'));
  const { faults } = (await answer.json()) as { faults: BookedFault[] }; // as its README says
  return faults;
}

/** Ends one fault, and answers how often it worked. */
export async function endFault(emulator: Emulator, id: string): Promise<number> {
  const fault = (await bookedFaults(emulator)).find((booked) => booked.id === id);
  await emulator.fetch(new Request(`http://emulator/_emulator/faults/${id}`, { method: 'DELETE' }));
  return fault?.firings.length ?? 0;
}

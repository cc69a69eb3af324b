/** What every transport of the contract must do. Each is tested over each transport; shared/SPEC.md has the sentences. */
export const requirements = {
  Q1: 'an input that does not fit is refused by the client, and by the host for whoever skips the client',
  Q2: 'an output that breaks the contract reaches no caller: the host answers `bug`, and the client checks again',
  Q3: 'a call that the contract does not have is refused',
  Q4: 'an error crosses with its code, message and details, without its stack',
  Q5: 'aborting the signal cancels the handler, and its answer decides what the caller is told',
  Q6: 'a lost channel cancels its calls at the host and rejects them with `io` at the client',
  Q7: 'progress arrives checked, in order, and before the answer',
  Q8: 'an event reaches every subscriber of its name, and nobody after unsubscribing',
  Q9: 'a read-only host refuses every call that writes, before its handler, and answers every call that reads',
  Q10: 'a message over the limit is refused in both directions, and the connection goes on',
  Q11: 'calls at the same time get their own answers',
  Q12: 'a frame that is none is refused with an error frame, and the connection goes on',
  Q13: 'a client tells once that its connection is lost, also to those who ask later',
  Q14: 'defects are reported whole at the host; a concealing host sends neither paths nor stacks',
  Q15: 'a second call under the id of a running one is refused, and the running one goes on',
} as const

export type Requirement = keyof typeof requirements
export const requirementIds = Object.keys(requirements) as readonly Requirement[] // keys of a closed literal

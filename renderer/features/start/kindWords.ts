import type { StepKind } from '../../../shared/schema/workflow.ts'

/** What a step of each kind does, for whoever is about to start it. */
export const kindWords = {
  run: 'runs a shell line',
  command: 'runs a program',
  module: 'runs a function',
  http: 'calls an address',
  wait: 'waits',
  gate: 'asks for an approval',
  workflow: 'starts another workflow',
  function: 'calls the program that carries it',
} as const satisfies Record<StepKind, string>

import { z } from 'zod'
import { lazyObject } from '../../schema/lazyObject.ts'

/** Derived from lock and processes when read, never stored. `none`: the run is at rest, no process is expected. */
export const Liveness = z.enum(['alive', 'interrupted', 'unknown', 'none'])
export type Liveness = z.infer<typeof Liveness>

export const DiagnosisAction = lazyObject(() => ({
  kind: z.enum([
    'resume',
    /** Starts a run of this definition. */
    'start',
    'repair',
    'migrate',
    'trust',
    'retryNow',
    /** Approve or reject at a gate. */
    'decide',
    'openStep',
    /** The run in `run`; without one, the bytes of this document. */
    'openRun',
    /** The records of the run. */
    'openHistory',
    /** Takes away the lock of a holder of whom nothing is proved. */
    'breakLock',
    /** Says what is what in a document that no engine is known for. */
    'map',
    /** Makes room on the disk. */
    'cleanUp',
    'upgrade',
    'wait',
    'none',
  ]),
  label: z.string(),
  step: z.string().nullable(),
  /** Another run that is to be looked at. */
  run: z.string().nullable().optional(),
}))
export type DiagnosisAction = z.infer<typeof DiagnosisAction>

/** One reason why a run does not move. */
export const Diagnosis = lazyObject(() => ({
  /** Rule id of SPEC.md, `G1`, `G2`, … */
  rule: z.string(),
  /** `stuck`: it will not move by itself. `attention`: it may. `moving`, `resting`: nothing wrong. */
  severity: z.enum(['stuck', 'attention', 'moving', 'resting']),
  sentence: z.string(),
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  action: DiagnosisAction,
  step: z.string().nullable(),
  /** The attempt whose log proves it: the end of that log says more than any sentence. */
  log: z.object({ step: z.string(), attempt: z.number().int() }).nullable().optional(),
}))
export type Diagnosis = z.infer<typeof Diagnosis>

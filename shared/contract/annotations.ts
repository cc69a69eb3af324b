import { z } from 'zod'
import { AnnotationChange } from '../schema/annotationChange.ts'
import { RunId } from '../schema/ids.ts'
import { BatchProgress, OutcomeRow, type CallRow } from './call.ts'

export const annotationCalls = {
  /** Pins runs, or says something of them: a note, a colour, tags. What is left out stays. */
  'run.annotate': {
    input: z.object({ runs: z.array(RunId).min(1).max(10_000), change: AnnotationChange }),
    output: z.object({ rows: z.array(OutcomeRow) }),
    effect: 'write',
    progress: BatchProgress,
  },
} as const satisfies Record<string, CallRow>

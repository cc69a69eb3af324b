import {
  booleanOf,
  isNothing,
  member,
  numberOf,
  stringOf,
  stringsOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'

/** What the state of a workflow says, in the engine's own words. */
export type StateFields = {
  readonly workflowId: string | null
  readonly startedAt: string | null
  readonly currentStep: string | null
  readonly completed: readonly string[]
  readonly skipped: readonly string[]
  readonly status: string | null
  readonly error: string | null
  readonly checksum: string | null
  readonly executions: readonly Execution[]
}

export type Execution = {
  readonly step: string
  readonly agent: string | null
  readonly action: string | null
  readonly startedAt: string | null
  readonly completedAt: string | null
  readonly status: string | null
  readonly error: string | null
}

export function stateFields(root: TextObject): StateFields {
  return {
    workflowId: textOf(root, 'workflow_id'),
    startedAt: textOf(root, 'started_at'),
    currentStep: textOf(root, 'current_step'),
    completed: stringsOf(member(root, 'completed_steps')),
    skipped: stringsOf(member(root, 'skipped_steps')),
    status: textOf(root, 'status'),
    error: textOf(root, 'error'),
    checksum: textOf(root, '_checksum'),
    executions: executionsOf(member(root, 'step_executions')),
  }
}

function executionsOf(node: TextNode | null): readonly Execution[] {
  if (node?.kind !== 'array') return []
  return node.items.flatMap((item) => {
    const step = textOf(item, 'step_id')
    if (step === null) return []
    return {
      step,
      agent: textOf(item, 'agent'),
      action: textOf(item, 'action'),
      startedAt: textOf(item, 'started_at'),
      completedAt: textOf(item, 'completed_at'),
      status: textOf(item, 'status'),
      error: textOf(item, 'error'),
    }
  })
}

/** What `{workflow}.meta.json` says of the newest snapshot. */
export type Description = {
  readonly version: string | null
  readonly savedAt: string | null
  readonly checksum: string | null
  readonly workflowId: string | null
  readonly stateFile: string | null
  readonly workflowPath: string | null
  readonly isCompressed: boolean | null
  readonly currentStep: string | null
  /** Null in descriptions from before the counts were added. */
  readonly completedCount: number | null
  readonly saysCurrentStep: boolean
}

export function descriptionOf(root: TextObject): Description {
  return {
    version: textOf(root, 'version'),
    savedAt: textOf(root, 'saved_at'),
    checksum: textOf(root, 'checksum'),
    workflowId: textOf(root, 'workflow_id'),
    stateFile: textOf(root, 'state_file'),
    workflowPath: textOf(root, 'workflow_path'),
    isCompressed: booleanOf(member(root, 'compression')),
    currentStep: textOf(root, 'current_step'),
    completedCount: numberOf(member(root, 'completed_steps_count')),
    saysCurrentStep: member(root, 'current_step') !== null,
  }
}

/** The text under a key; null for `null`, for any other value, and for what is not there. */
export function textOf(node: TextNode | null, key: string): string | null {
  const value = member(node, key)
  return isNothing(value) ? null : stringOf(value)
}

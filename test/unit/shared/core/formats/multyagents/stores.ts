import { patchText } from '../../../../../../shared/core/formats/text/patchText.ts'

/** A store with a second run of one task, as multyagents would have made it. */
export function withSecondRun(text: string): string {
  const task = /"1": (\{"context7_mode"[^}]*\{[^}]*\[\{[^}]*\{\}[^}]*\}\]\}[^}]*\})/.exec(text)?.[1]
  if (task === undefined) throw new Error('the store has no task')
  const fresh = task
    .replace('"id": 1', '"id": 4')
    .replace(/"status": "\w+", "stderr"/, '"status": "created", "stderr"')
    .replace(/"(started_at|finished_at|stdout|runner_message)": "[^"]*"/g, '"$1": null')
    .replace('"exit_code": 0', '"exit_code": null')
  const run =
    '{"created_at": "2026-11-21T09:00:00+00:00", "id": 2, "initiated_by": null, "status": "created", "step_artifact_requirements": {}, "step_dependencies": {}, "task_ids": [4], "updated_at": "2026-11-21T09:00:00+00:00", "workflow_template_id": null}'
  const patched = patchText(text, [
    { op: 'add', path: ['tasks', '4'], value: fresh },
    { op: 'add', path: ['workflow_runs', '2'], value: run },
    { op: 'replace', path: ['sequences', 'task_seq'], value: '5' },
    { op: 'replace', path: ['sequences', 'workflow_run_seq'], value: '3' },
  ])
  if (patched.kind === 'refused') throw new Error(patched.problem)
  return patched.text
}

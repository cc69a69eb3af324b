import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../shared/schema/json.ts'
import { StepDefinition, WorkflowDefinition } from '../../../../shared/schema/workflow.ts'
import { workflowJsonSchema } from '../../../../shared/schema/workflowJsonSchema.ts'

const published = JSON.parse(
  readFileSync(new URL('../../../../docs/schema/workflow.schema.json', import.meta.url), 'utf8'),
) as {
  readonly properties: {
    readonly steps: { readonly additionalProperties: { readonly properties: object } }
  }
} // asserted below

const ofStep = (...steps: readonly Json[]): readonly Json[] =>
  steps.map((step) => ({ name: 'x', steps: { a: step } }))

const accepted: readonly Json[] = [
  {
    name: 'x',
    version: '1',
    description: 'd',
    parallel: 4,
    inputs: { a: 1, b: { type: 'date' } },
    output: 1,
    steps: { a: { run: 'x' } },
  },
  ...ofStep(
    { run: 'x', stdin: 'y', needs: ['b'], when: 'true', environment: { A: 'b' }, timeout: '5m' },
    {
      command: ['x'],
      retry: { attempts: 3, delay: 1.5, backoff: 'exponential', jitter: 0.5, on: ['A', 1] },
    },
    { module: './a.ts#b', with: { a: [1] }, forEach: [1], continueOnError: true },
    { http: 'https://x.test' },
    { http: { url: 'https://x.test', expect: [200, '3xx'], body: null } },
    { wait: '5m' },
    { wait: 3 },
    { wait: { until: '2026-01-01T00:00:00Z' } },
    {
      gate: {
        fields: { a: { type: 'choice', options: ['x'] } },
        expires: '1d',
        onExpiry: 'approve',
      },
    },
    { workflow: './c.yaml', forEach: { items: 'inputs.list', parallel: 2 } },
  ),
]

const refused: readonly Json[] = [
  {},
  { name: '', steps: { a: { run: 'x' } } },
  { name: 'x', steps: {} },
  { name: 'x', steps: [{ run: 'x' }] },
  { name: 'x', steps: { 'a[0]': { run: 'x' } } },
  { name: 'x', steps: { 'a b': { run: 'x' } } },
  { name: 'x', step: {}, steps: { a: { run: 'x' } } },
  { name: 'x', parallel: 0, steps: { a: { run: 'x' } } },
  ...ofStep(
    {},
    { run: 'x', command: ['y'] },
    { run: 7 },
    { command: [] },
    { run: 'x', need: ['b'] },
    { run: 'x', timeout: '5 minutes' },
    { run: 'x', retry: { atempts: 2 } },
    { run: 'x', sideEffects: 'some' },
    { http: { method: 'POST' } },
    { http: { url: 'x', methd: 'POST' } },
    { http: { url: 'x', expect: [99] } },
    { wait: {} },
    { wait: { for: '5m', until: 'x' } },
    { gate: { fields: { a: { type: 'strng' } } } },
    { gate: { fields: { a: 1 } } },
    { gate: { onExpiry: 'ignore' } },
    { run: 'x', forEach: { item: [1] } },
  ),
]

describe('the published JSON Schema of a workflow', () => {
  test('[W33] is what the schema says today', () => {
    expect(published, 'run `node build/scripts/schema.mjs`').toEqual(workflowJsonSchema())
  })

  test('[W33] takes and refuses what the schema takes and refuses', () => {
    const isTaken = new Ajv({ strict: false, formats: { date: true } }).compile(published)
    const wrong = [...accepted, ...refused].filter(
      (one) => isTaken(one) !== WorkflowDefinition.safeParse(one).success,
    )
    expect(wrong).toEqual([])
    expect(accepted.filter((one) => !WorkflowDefinition.safeParse(one).success)).toEqual([])
    expect(refused.filter((one) => WorkflowDefinition.safeParse(one).success)).toEqual([])
  })

  test('[W33] explains each setting of a step and of the workflow', () => {
    expect(explained(published.properties.steps.additionalProperties.properties)).toEqual(
      Object.keys(StepDefinition.shape),
    )
    expect(explained(published.properties)).toEqual(Object.keys(WorkflowDefinition.shape))
  })
})

function explained(properties: object): readonly string[] {
  return Object.entries(properties).flatMap(([key, value]: [string, { description?: string }]) =>
    value.description === undefined ? [] : [key],
  )
}

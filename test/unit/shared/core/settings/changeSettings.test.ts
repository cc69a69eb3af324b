import { describe, expect, test } from 'vitest'
import {
  changeSettings,
  migrateSettings,
  restoreSettings,
} from '../../../../../shared/core/settings/changeSettings.ts'
import { importTapps } from '../../../../../shared/core/settings/importTapps.ts'
import { readSettingsText } from '../../../../../shared/core/settings/readSettings.ts'

const interval = (json: string | null) => [{ key: 'checkpoint.interval', json }]

function problemsOf(key: string, json: string): readonly string[] {
  return changeSettings('{}', [{ key, json }]).problems
}

describe('one setting', () => {
  test('[E205] is said where it belongs, and every other byte stays', () => {
    const before = '{\n  "resume":   {},\n  "checkpoint": {"frequency":"manual"}\n}\n'
    expect(changeSettings(before, interval('3')).after).toBe(
      '{\n  "resume":   {},\n  "checkpoint": {"frequency":"manual","interval":3}\n}\n',
    )
    expect(changeSettings('{\n  "resume": {}\n}\n', interval('3')).after).toBe(
      '{\n  "resume": {},\n  "checkpoint": { "interval": 3 }\n}\n',
    )
    expect(changeSettings(null, interval('3')).after).toBe(
      '{\n  "version": 1,\n  "checkpoint": {\n    "interval": 3\n  }\n}\n',
    )
  })

  test('[E205] is taken out, and its default holds', () => {
    const before = '{ "checkpoint": { "interval": 9, "frequency": "manual" } }'
    const { after } = changeSettings(before, interval(null))
    expect(after).toBe('{ "checkpoint": { "frequency": "manual" } }')
    expect(changeSettings(after, interval(null))).toMatchObject({
      problems: ['Nothing would change.'],
    })
  })

  test('[E205] the command of one engine is a setting of its own', () => {
    const { after } = changeSettings('{}', [{ key: 'resume.commands.awf', json: '"awf resume"' }])
    expect(JSON.parse(after ?? '')).toEqual({ resume: { commands: { awf: 'awf resume' } } })
  })

  test('[E205] is not said where it would be wrong, unknown, or no JSON', () => {
    expect(problemsOf('checkpoint.interval', '"x"')).toEqual([
      '/checkpoint/interval (line 1, column 30): expected a whole number of steps or seconds, at least 1, found "x".',
    ])
    expect(problemsOf('checkpoint.intervall', '3')).toEqual([
      'There is no setting "checkpoint.intervall". Did you mean checkpoint.interval?',
    ])
    expect(problemsOf('checkpoint.interval', '{')[0]).toMatch(/^checkpoint\.interval: /)
    expect(changeSettings('{', interval('3')).problems).toEqual([
      'unstuck.json is no JSON: mend its text first.',
    ])
  })

  test('[E205] of several wrong values one is mended at a time, known or not', () => {
    const before = '{"checkpoint": {"interval": 0}, "persistance": {}}'
    const once = changeSettings(before, interval('2'))
    expect([once.problems, once.after]).toEqual([
      [],
      '{"checkpoint": {"interval": 2}, "persistance": {}}',
    ])
    const twice = changeSettings(once.after, [{ key: '/persistance', json: null }])
    expect([twice.problems, twice.after]).toEqual([[], '{"checkpoint": {"interval": 2}}'])
    expect(changeSettings(before, [{ key: 'cleanup.trashDays', json: '3' }]).problems).toHaveLength(
      2,
    )
  })
})

test('[E206] version 0 becomes a text of version 1 that says the same; another version is not migrated', () => {
  const old = '{"checkpoint_interval": 5, "checkpoint_enabled": false, "retention_days": null}'
  const { after, problems } = migrateSettings(old)
  expect([problems, JSON.parse(after ?? '')]).toEqual([
    [],
    {
      version: 1,
      checkpoint: { frequency: 'manual', interval: 5 },
      cleanup: { retention: { days: { completed: null, failed: null, cancelled: null } } },
    },
  ])
  const [before, now] = [readSettingsText(old), readSettingsText(after ?? '')]
  expect(before.kind === 'ok' && now.kind === 'ok' && now.value).toEqual(
    before.kind === 'ok' && before.value,
  )
  expect(migrateSettings('{"version": 1}').problems).toHaveLength(1)
  expect(migrateSettings('{"version": 2}').problems[0]).toContain('a newer Unstuck')
  expect(changeSettings(old, interval('3')).problems[0]).toContain('migrate it first')
})

test('[E207] the state persistence of tapps-agents is taken key by key, with a reason for what is not', () => {
  const imported = importTapps({
    workflow: {
      state_persistence: {
        enabled: true,
        storage_location: '.tapps-agents/workflow-state',
        format: 'json_gzip',
        compression: true,
        checkpoint: { mode: 'on_gates', interval: 0, colour: 'red' },
        cleanup: { retention_days: 14, keep_latest: 10, cleanup_schedule: 'monthly' },
      },
    },
  })
  expect(imported?.changes).toEqual([
    { key: 'persistence.enabled', json: 'true' },
    { key: 'persistence.format', json: '"json+zstd"' },
    { key: 'checkpoint.frequency', json: '"on_gates"' },
    { key: 'cleanup.retention.days.completed', json: '14' },
    { key: 'cleanup.retention.days.failed', json: '14' },
    { key: 'cleanup.retention.days.cancelled', json: '14' },
    { key: 'cleanup.retention.maxRunsPerWorkflow', json: '10' },
    { key: 'cleanup.schedule', json: '"off"' },
  ])
  const left = imported?.taken.filter(({ keys }) => keys.length === 0)
  expect(left?.map(({ path, note }) => [path.split('state_persistence.')[1], note])).toEqual([
    ['storage_location', 'The state lies in the folder that is opened.'],
    ['compression', 'Compressed heads and journals are the format json+zstd.'],
    ['checkpoint.interval', 'This is no value that tapps-agents takes there.'],
    ['checkpoint.colour', 'Unstuck has nothing like it.'],
  ])
  expect([importTapps({ workflow: {} }), importTapps('x'), importTapps(null)]).toEqual([
    null,
    null,
    null,
  ])
})

test('[E208] the text that was in force last stands in for one that cannot be used', () => {
  expect(restoreSettings('{', '{}')).toMatchObject({ after: '{}', problems: [] })
  expect(restoreSettings('{', null).problems).toHaveLength(1)
})

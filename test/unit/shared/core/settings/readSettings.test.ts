import { describe, expect, test } from 'vitest'
import { readSettingsText } from '../../../../../shared/core/settings/readSettings.ts'
import { step0to1 } from '../../../../../shared/core/settings/step0to1.ts'
import { findingSentence } from '../../../../../shared/core/settings/settingsFindings.ts'
import { Settings } from '../../../../../shared/schema/settings.ts'

function wrong(text: string): readonly string[] {
  const reading = readSettingsText(text)
  return reading.kind === 'wrong' ? reading.findings.map(findingSentence) : []
}

describe('what is wrong with a text', () => {
  test('[E203] every thing at once: its pointer, line and column, what was expected and what was found', () => {
    const text = `{
  "checkpoint": { "interval": "often", "frequency": "sometimes" },
  "persistence": { "enabled": "yes", "formt": "json" },
  "cleanup": { "trashDays": -1, "retention": { "days": [] } },
  "redaction": { "values": ["(", "ok"], "paths": 7 }
}`
    expect(wrong(text)).toEqual([
      '/persistence/enabled (line 3, column 31): expected true or false, found "yes"',
      '/persistence/formt (line 3, column 38): expected one of the keys enabled, format; "format" is like it, found the key "formt"',
      '/checkpoint/frequency (line 2, column 53): expected one of every_step, every_n_steps, on_gates, time_based, manual, found "sometimes"',
      '/checkpoint/interval (line 2, column 31): expected a whole number of steps or seconds, at least 1, found "often"',
      '/cleanup/retention/days (line 4, column 56): expected an object, found []',
      '/cleanup/trashDays (line 4, column 29): expected a number of days, 0 or more, found -1',
      '/redaction/paths (line 5, column 50): expected a list of paths of the state, such as ["/inputs/card"], found 7',
      '/redaction/values/0 (line 5, column 29): expected a regular expression (RE2): the pattern `(` cannot be used: a `)` is missing, found "("',
    ])
  })

  test('[E203] an unknown key is told with the known one that is meant, also in another section', () => {
    expect(wrong('{"interval": 3}')).toEqual([
      '/interval (line 1, column 2): expected one of the keys version, persistence, checkpoint, steps, cleanup, resume, unknown, redaction; there is checkpoint.interval, found the key "interval"',
    ])
  })

  test('[E203] a pattern that nothing can be compared with, and a pointer that is none', () => {
    const text = '{"redaction": {"values": ["("], "keys": [""], "paths": ["/**"]}}'
    expect(wrong(text)).toEqual([
      '/redaction/keys/0 (line 1, column 42): expected the name of a key, with * for any letters: it is empty, found ""',
      '/redaction/values/0 (line 1, column 27): expected a regular expression (RE2): the pattern `(` cannot be used: a `)` is missing, found "("',
      '/redaction/paths/0 (line 1, column 57): expected a path of the state: `/**` is no path such as /inputs/card, $.inputs.card or $..card, found "/**"',
    ])
  })

  test('[E203] what is found is cut, and a secret in it is not shown', () => {
    const [secret] = wrong('{"resume": {"commands": {"awf": ["run", {"password": "hunter22"}]}}}')
    const [long] = wrong(`{"resume": {"commands": {"awf": ["${'x'.repeat(5000)}"]}}}`)
    expect(secret).toContain('expected a command line, found ["run", {"password": "••••••"}]')
    expect(long?.length).toBeLessThan(250)
  })

  test('[E203] text that is no JSON, no object, or of a newer version', () => {
    expect(wrong('{"checkpoint": }')).toEqual([
      'the document (line 1, column 16): expected a value, found }',
    ])
    expect(wrong('[]')).toEqual(['the document (line 1, column 1): expected an object, found []'])
    expect(wrong('{"version": 7, "what": 1}')[0]).toContain('a newer Unstuck wrote this')
    expect(wrong('{"version": "1"}')[0]).toContain('expected the number of a version, 0 or 1')
  })
})

describe('what was expected', () => {
  test.each([
    [
      '{"unknown": {"mappings": 3}}',
      '/unknown/mappings (line 1, column 26): expected a list, found 3',
    ],
    [
      '{"redaction": {"zzzzzzzz": 1}}',
      '/redaction/zzzzzzzz (line 1, column 16): expected one of the keys keys, values, paths, found the key "zzzzzzzz"',
    ],
    [
      '{"cleanup": {"retention": {"thin": {"every": 2}}}}',
      '/cleanup/retention/thin/days (line 1, column 36): expected a number, found nothing',
    ],
    [
      '{"cleanup": {"retention": {"thin": {"days": 1, "every": 1}}}}',
      '/cleanup/retention/thin/every (line 1, column 57): expected at least 2, found 1',
    ],
    [
      '{"cleanup": {"retention": {"archive": {"dys": 1, "days": null}}}}',
      '/cleanup/retention/archive/dys (line 1, column 40): expected one of the keys days; "days" is like it, found the key "dys"',
    ],
    [
      '{"cleanup": {"retention": {"workflows": {"pay": {"keepAl": true}}}}}',
      '/cleanup/retention/workflows/pay/keepAl (line 1, column 50): expected one of the keys keepAll, days, maxRunsPerWorkflow; "keepAll" is like it, found the key "keepAl"',
    ],
    [
      '{"redaction": {"keys": [7]}}',
      '/redaction/keys/0 (line 1, column 25): expected a text, found 7',
    ],
    [
      '{"cleanup": {"retention": {"days": {"failed": "a week"}}}}',
      '/cleanup/retention/days/failed (line 1, column 47): expected a number of days, 0 or more, or null for no limit, found "a week"',
    ],
    [
      '{"resume": {"commands": 3}}',
      '/resume/commands (line 1, column 25): expected an object with a command line for each engine, found 3',
    ],
  ])('[E203] %s', (text, sentence) => {
    expect(wrong(text)).toContain(sentence)
  })

  test('[E203] a list that is too long says how long it may be', () => {
    const text = JSON.stringify({ unknown: { mappings: Array.from({ length: 501 }, () => null) } })
    expect(wrong(text).join()).toMatch(/expected at most 500 items/)
  })

  test('[E203] a finding of the environment has no line, and one of no place names its source', () => {
    const finding = {
      source: 'UNSTUCK_X',
      expected: 'a number',
      found: 'x',
      line: null,
      column: null,
    }
    expect(findingSentence({ ...finding, pointer: null })).toBe(
      'UNSTUCK_X: expected a number, found x',
    )
    expect(findingSentence({ ...finding, pointer: '/a' })).toBe('/a: expected a number, found x')
  })
})

const moved = (old: object) =>
  step0to1(old).map(({ from, to, note }) => [
    from,
    ...to.map(
      ({ key, value }) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    note,
  ])

describe('version 0', () => {
  test.each([
    [
      { enabled: false, storage_location: '/x' },
      [
        ['enabled', 'persistence.enabled false', null],
        ['storage_location', 'The state lies in the folder that is opened.'],
      ],
    ],
    [{ format: 'json_gzip' }, [['format', 'persistence.format json+zstd', null]]],
    [
      { format: 'json', compression: false },
      [
        ['format', 'persistence.format json', null],
        ['compression', 'Compressed heads and journals are the format json+zstd.'],
      ],
    ],
    [
      { compression: true },
      [
        [
          'compression',
          'persistence.format json+zstd',
          'Compressed heads and journals are the format json+zstd.',
        ],
      ],
    ],
    [
      { checkpoint_enabled: true, checkpoint_frequency: 'on_gates' },
      [
        ['checkpoint_enabled', 'Checkpoints that are off are the frequency manual.'],
        ['checkpoint_frequency', 'checkpoint.frequency on_gates', null],
      ],
    ],
    [
      { checkpoint_enabled: false, checkpoint_frequency: 'on_gates' },
      [
        [
          'checkpoint_enabled',
          'checkpoint.frequency manual',
          'Checkpoints that are off are the frequency manual.',
        ],
        ['checkpoint_frequency', 'Checkpoints were off, which is the frequency manual.'],
      ],
    ],
    [
      { cleanup_enabled: true, cleanup_schedule: 'weekly' },
      [
        ['cleanup_enabled', 'The schedule alone says whether a host cleans up.'],
        ['cleanup_schedule', 'cleanup.schedule weekly', null],
      ],
    ],
    [
      { cleanup_enabled: false, cleanup_schedule: 'weekly' },
      [
        [
          'cleanup_enabled',
          'cleanup.schedule off',
          'The schedule alone says whether a host cleans up.',
        ],
        ['cleanup_schedule', 'Cleaning up was off.'],
      ],
    ],
    [{ cleanup_schedule: 'manual' }, [['cleanup_schedule', 'cleanup.schedule off', null]]],
    [
      { cleanup_schedule: 'monthly' },
      [
        [
          'cleanup_schedule',
          'cleanup.schedule off',
          '"monthly" has no counterpart: it is off until you choose hourly, daily or weekly.',
        ],
      ],
    ],
    [
      { max_size_mb: null, max_states_per_workflow: 4 },
      [
        ['max_states_per_workflow', 'cleanup.retention.maxRunsPerWorkflow 4', null],
        ['max_size_mb', 'cleanup.retention.maxBytes null', null],
      ],
    ],
    [{ max_size_mb: 0.5 }, [['max_size_mb', 'cleanup.retention.maxBytes 524288', null]]],
  ])('[E206] %j goes to its place, or has none and says why', (old, rows) => {
    expect(moved(old)).toEqual(rows)
  })

  const text = `{
  "checkpoint_frequency": "every_n_steps",
  "checkpoint_interval": 5,
  "compression": true,
  "retention_days": 30,
  "max_size_mb": 2,
  "cleanup_schedule": "on_startup",
  "storage_location": "state"
}`

  test('[E206] keys without sections are read as what they are now, where they stand', () => {
    const reading = readSettingsText(text)
    const days = { completed: 30, failed: 30, cancelled: 30 }
    expect(reading).toMatchObject({ kind: 'ok', version: 0 })
    if (reading.kind !== 'ok') return
    expect(reading.value).toEqual(
      Settings.parse({
        persistence: { format: 'json+zstd' },
        checkpoint: { frequency: 'every_n_steps', interval: 5 },
        cleanup: { retention: { days, maxBytes: 2 * 1024 * 1024 }, schedule: 'off' },
      }),
    )
    expect(reading.said.get('checkpoint.interval')).toEqual({
      json: '5',
      line: 3,
      column: 26,
      oldKey: 'checkpoint_interval',
    })
    expect(reading.moved.find(({ from }) => from === 'storage_location')).toEqual({
      from: 'storage_location',
      value: '"state"',
      to: [],
      note: 'The state lies in the folder that is opened.',
    })
  })

  test('[E206] what is wrong in it is told by its own keys', () => {
    expect(wrong('{"version": 0, "checkpoint_intervall": 2, "retention_days": "x"}')).toEqual([
      '/retention_days (line 1, column 61): expected a number, found "x"',
      expect.stringContaining(
        '"checkpoint_interval" is like it, found the key "checkpoint_intervall"',
      ),
    ])
  })
})

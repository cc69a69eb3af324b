import { expect, it } from 'vitest'
import { detectFormat } from '../../../../../shared/core/formats/detectFormat.ts'

it.each([
  ['a table (CSV)', 'id,status\n1,failed\n'],
  ['a table (CSV)', 'id\tstatus\n1\tfailed\n'],
  ['a page (HTML)', '<!DOCTYPE html><html>502</html>'],
  ['XML', '<?xml version="1.0"?><run/>'],
  ['YAML', 'status: failed\nsteps:\n  - a\n'],
  ['lines of a log', '2026-03-01 08:00:00 started\n2026-03-01 08:00:01 failed\n'],
])('[F328] %s is told by its first lines', (look, text) => {
  expect(detectFormat(text).problem?.sentence).toContain(`no JSON, it looks like ${look}.`)
})

it.each(['{"status": "fai', '[1, 2', 'nul', 'failed'])(
  '[F328] %s is only said to be no JSON',
  (text) => {
    expect(detectFormat(text).problem?.sentence).toMatch(/^The document is no JSON\. /)
  },
)

import { expect, it } from 'vitest'
import { lookOf } from '../../../../../shared/core/formats/lookOf.ts'
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

it.each([
  ['  \n<HTML>', 'a page (HTML)'],
  ['<p>x <?xml', 'a page (HTML)'],
  ['<?XML version="1.0"?>', 'XML'],
  ['x <p>', null],
  ['<1', null],
  ['a;b\r\n\r\n1;2', 'a table (CSV)'],
  ['a,b\n1', null],
  ['a\nb', null],
  ['Jan 2 03:04:05 x\nJan 2', 'lines of a log'],
  ['[Jan 2 03:04:05] x\ny', null],
  ['2026-03-01T08:00:00Z one', null],
  ['Jan x\ny', null],
  ['at Jan 2 x\ny', null],
  ['a: 1', null],
  ['a:\n  b: 1', 'YAML'],
  ['---\na', 'YAML'],
  ['%YAML 1.2\n---', 'YAML'],
  ['an a: 1\nb', null],
  ['', null],
  [' \n ', null],
  ['{"a": 1}\n<p>', null],
  ['"a,b"\n"c,d"', null],
  [`${' '.repeat(4096)}a,b\nc,d`, null],
])('[F328] %j looks like %s', (text, look) => {
  expect(lookOf(text)).toBe(look)
})

import { expect, test } from 'vitest'
import { placeFindings } from '../../../../renderer/ui/placeFindings.ts'
import type { Finding } from '../../../../shared/core/integrity/finding.ts'

function finding(place: Partial<Finding>): Finding {
  return {
    rule: 'J2',
    severity: 'error',
    sentence: 'damaged',
    file: 'journal',
    offset: null,
    line: null,
    column: null,
    pointer: null,
    remedy: null,
    ...place,
  }
}

test('an offset counts bytes, also behind letters of several bytes', () => {
  const text = 'ü\n€\nx'

  expect(placeFindings({ text, offset: 0 }, [finding({ offset: 7 })])).toEqual({
    firstLine: 1,
    marks: [{ line: 3, severity: 'error', text: 'damaged' }],
    firstMarked: 3,
  })
})

test('a window inside the file takes its line numbers from a finding in it', () => {
  const placed = placeFindings({ text: 'b\nc\nd', offset: 100 }, [
    finding({ offset: 102, line: 40 }),
  ])

  expect([placed.firstLine, placed.firstMarked]).toEqual([39, 40])
})

test('a finding outside of the window is not marked, and tells no line number', () => {
  const findings = [finding({ offset: 5, line: 2 }), finding({ offset: 900, line: 90 })]

  expect(placeFindings({ text: 'b\nc', offset: 100 }, findings)).toEqual({
    firstLine: null,
    marks: [],
    firstMarked: null,
  })
})

test('from the beginning of a file the line is taken as it is given', () => {
  const text = '\uFFFD\uFFFD\nx\ny'

  expect(placeFindings({ text, offset: 0 }, [finding({ offset: 3, line: 2 })]).firstMarked).toBe(2)
})

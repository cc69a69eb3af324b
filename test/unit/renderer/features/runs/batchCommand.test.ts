import { expect, test } from 'vitest'
import { batchCommand } from '../../../../../renderer/features/runs/batchCommand.ts'
import type { RunsQuestion } from '../../../../../renderer/state/runsStore.ts'

const question: RunsQuestion = {
  view: 'failed',
  text: "card's declined",
  filter: [{ kind: 'words', field: 'workflow', values: ['etl', 'pay'], isNot: false }],
  sort: { column: 'id', descending: false },
}

test('[L115] the command line asks for no more than the choice does', () => {
  expect(batchCommand('archive', { kind: 'query', question, except: new Map() })).toBe(
    String.raw`unstuck select --view failed --text 'card'\''s declined' --query workflow:etl,pay --for archive | tr '\n' '\0' | xargs -0 unstuck archive`,
  )
})

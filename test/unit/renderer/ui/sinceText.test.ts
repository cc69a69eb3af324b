import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { formatTime } from '../../../../renderer/ui/formatTime.ts'
import { SinceText } from '../../../../renderer/ui/SinceText.tsx'
import { TimedText } from '../../../../renderer/ui/TimedText.tsx'
import { TimeModeContext } from '../../../../renderer/ui/TimeText.tsx'

const at = '2026-01-02T03:04:05.678Z'
const local = formatTime(at, 'local', 0)

test('[L271] behind “since” stands a moment, also where times are told as ages', () => {
  const texts = [
    createElement(SinceText, { at }),
    createElement(TimedText, { text: at, label: 'Held since' }),
    createElement(TimedText, { text: `Asked, and waits since ${at}.` }),
  ]
  expect(texts.map(wordsOf)).toEqual([local, local, `Asked, and waits since ${local}.`])
  expect(wordsOf(createElement(TimedText, { text: at, label: 'Due' }))).toMatch(/ ago$/)
})

function wordsOf(text: ReturnType<typeof createElement>): string {
  const shown = createElement(TimeModeContext, { value: 'relative' }, text)
  return renderToStaticMarkup(shown).replaceAll(/<[^>]*>/g, '')
}

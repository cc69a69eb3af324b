import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ErrorPanel } from '../../../../renderer/ui/ErrorPanel.tsx'
import { untrustedProblem } from '../../../../shared/core/resume/untrustedProblem.ts'
import { AppError } from '../../../../shared/errors.ts'

test('[L270] on a screen it is said what to press for a workspace that is not trusted', () => {
  const error = new AppError('untrusted', untrustedProblem)
  const words = renderToStaticMarkup(createElement(ErrorPanel, { error }))
  expect(words).toContain('press “Trust this workspace…”')
  expect(words).not.toContain('--trust')
})

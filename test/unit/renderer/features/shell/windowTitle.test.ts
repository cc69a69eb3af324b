import { expect, test } from 'vitest'
import { windowTitle } from '../../../../../renderer/features/shell/windowTitle.ts'
import { decodeRoute } from '../../../../../renderer/state/decodeRoute.ts'

test.each([
  ['#/runs/attention', 'Needs attention – orders – Unstuck'],
  ['#/run/order-1/timeline?step=charge', 'order-1 · charge – orders – Unstuck'],
  ['#/compare?left=order-1&right=order-2', 'Compare order-1 and order-2 – orders – Unstuck'],
  ['#/resume/order-1', 'Resume order-1 – orders – Unstuck'],
  ['#/cleanup', 'Clean up – orders – Unstuck'],
])('[L141] at %s the window is called %s', (hash, title) => {
  expect(windowTitle(decodeRoute(hash), 'orders')).toBe(title)
})

test('[L141] before the workspace is known, its name is left out', () => {
  expect(windowTitle(decodeRoute('#/run/order-1'), null)).toBe('order-1 – Unstuck')
})

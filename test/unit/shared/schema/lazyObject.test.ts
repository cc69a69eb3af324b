import { expect, it } from 'vitest'
import { z } from 'zod'
import { lazyObject } from '../../../../shared/schema/lazyObject.ts'

it('[X131] the properties of a lazy object are made at its first use, and once', () => {
  let times = 0
  const Point = lazyObject(() => {
    times += 1
    return { x: z.number(), y: z.number().default(0) }
  })
  const Strict = Point.strict()
  const Labelled = Point.nullable()
  expect(times).toBe(0)

  expect(Point.parse({ x: 1, z: 2 })).toEqual({ x: 1, y: 0 })
  expect(Labelled.parse({ x: 1 })).toEqual({ x: 1, y: 0 })
  expect(Strict.safeParse({ x: 1, z: 2 }).success).toBe(false)
  expect(Object.keys(Point.shape)).toEqual(['x', 'y'])
  expect(Point.extend({ label: z.string() }).safeParse({ x: 1 }).success).toBe(false)
  expect(times).toBe(1)
})

import { expect, it } from 'vitest'
import { z } from 'zod'

it('[X131] loading the contract makes few of its schemas; each is whole when it is used', async () => {
  let made = 0
  z.config({ postProcessor: () => void (made += 1) })
  const { callNames, contract } = await import('../../shared/contract/contract.ts')
  const atStart = made

  const described = callNames.flatMap((name) => [contract[name].input, contract[name].output])
  for (const schema of described) z.toJSONSchema(schema, { unrepresentable: 'any', cycles: 'ref' })

  expect(atStart).toBeGreaterThan(0)
  expect(made / atStart).toBeGreaterThan(3)
})

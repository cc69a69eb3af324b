import { z } from 'zod'

type LazyObject<S extends z.core.$ZodLooseShape> = z.ZodObject<z.core.util.Writeable<S>>

/**
 * `z.object`, whose properties are made when it is first used: a process makes the schemas that it needs, and not the
 * thousands of the whole contract.
 */
export function lazyObject<S extends z.core.$ZodLooseShape>(makeShape: () => S): LazyObject<S> {
  let made: S | null = null
  const schema = new z.ZodObject({
    type: 'object',
    get shape() {
      return (made ??= makeShape())
    },
  })
  return schema as unknown as LazyObject<S> // the constructor forgets which properties they are
}

export type Deferred<T> = {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
}

export function deferred<T = void>(): Deferred<T> {
  const resolvers: ((value: T) => void)[] = []
  const promise = new Promise<T>((resolve) => void resolvers.push(resolve))
  return {
    promise,
    resolve: (value) => {
      for (const resolve of resolvers) resolve(value)
    },
  }
}

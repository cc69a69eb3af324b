/** The value of JSON text; what is none stands as it is. */
export function readValue(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return json // what is wrong with it is said by the plan
  }
}

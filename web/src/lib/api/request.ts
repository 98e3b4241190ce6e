/** What the gateway refused, with its sentence for people. Status 0: it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

let antiforgery: Promise<string> | null = null;

/** The token that cookie callers send with every change; fetched once and again after it was refused. */
function antiforgeryToken(): Promise<string> {
  antiforgery ??= read<{ token: string }>('/api/antiforgery').then(
    ({ token }) => token,
    (failure: unknown) => {
      antiforgery = null;
      throw failure;
    },
  );
  return antiforgery;
}

/** GETs JSON. Throws {@link ApiError}. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { headers: { Accept: 'application/json' }, signal: signal ?? null });
  return (await response.json()) as T;
}

/** POSTs, PUTs or DELETEs with the anti-forgery token. Returns undefined where there is no body. Throws {@link ApiError}. */
export async function change<T = undefined>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  try {
    return await changeOnce<T>(method, path, body);
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 400) throw failure;
    antiforgery = null;
    return changeOnce<T>(method, path, body);
  }
}

async function changeOnce<T>(method: string, path: string, body: unknown): Promise<T> {
  const headers: Record<string, string> = { 'X-CSRF-TOKEN': await antiforgeryToken(), Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await send(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  const text = await response.text();
  const json = response.headers.get('Content-Type')?.includes('json') ?? false;
  return (json && text !== '' ? JSON.parse(text) : undefined) as T;
}

/** Any request to the gateway. Throws {@link ApiError} with the problem's sentence for every answer but 2xx. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError(0, 'The gateway cannot be reached. Check your network; your sessions keep running.');
  }
  if (response.ok) return response;
  throw new ApiError(response.status, await sentenceOf(response));
}

async function sentenceOf(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { detail?: unknown; title?: unknown };
    if (typeof problem.detail === 'string' && problem.detail !== '') return problem.detail;
    if (typeof problem.title === 'string' && problem.title !== '') return problem.title;
  } catch {
    // No problem document: the status alone has to do.
  }
  return STATUS_SENTENCES[response.status] ?? `The gateway answered with status ${response.status}.`;
}

const STATUS_SENTENCES: Record<number, string> = {
  401: 'You are not signed in.',
  403: 'You may not do this.',
  404: 'This does not exist, or is not yours to see.',
  429: 'Too many requests. Wait a moment and try again.',
  502: 'The gateway is being restarted.',
  503: 'The gateway is being restarted.',
};

// The example of the OpenAPI document: whoever leaves it as it stands gets a key of his own for each try.
const exampleKey = '7f6c1f0e-3f0b-4a5e-9f6e-2b8f4f1f6a10';

/** A random key. `crypto.randomUUID` is there only on https and on this machine itself. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

const page = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#operations',
  deepLinking: true,
  // A resource at a time: the page draws nothing more once some 115 operations are to be seen at once.
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor(request) {
    if (request.headers['Idempotency-Key'] === exampleKey) request.headers['Idempotency-Key'] = newKey();
    return request;
  },
});

const who = document.querySelector('#who');
document.querySelector('#sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const { username, password } = Object.fromEntries(new FormData(form));
  try {
    const response = await fetch('/sign-in', {
      method: 'POST',
      // The token is enough; a cookie would go on acting after this page.
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const answer = await response.json();
    if (!response.ok) {
      who.textContent =
        response.status === 401
          ? '用户名或密码不对 · wrong username or password'
          : `${answer.title} · ${answer.titleEn}`;
      return;
    }
    page.preauthorizeApiKey('bearer', answer.token);
    form.elements.password.value = '';
    who.textContent = `已登录 · signed in: ${answer.user.name} (${answer.user.username})`;
  } catch {
    who.textContent = '服务无应答 · the service does not answer';
  }
});

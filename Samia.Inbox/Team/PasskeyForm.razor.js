// Puts a passkey into a form: asks the server what to ask for, the browser for the answer, and sends the form with it.
if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const form of document.querySelectorAll('form[data-passkey][hidden]')) attach(form);
}

function attach(form) {
  let asking = null;
  form.hidden = false;
  form.addEventListener('submit', event => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    if (form.reportValidity()) ask();
  });
  if (form.dataset.passkeyOffer) offer();

  // The browser offers passkeys where the e-mail is typed; it waits for as long as the page is open.
  async function offer() {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) ask('conditional');
  }

  async function ask(mediation) {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    say('');
    try {
      const publicKey = await options(signal);
      const credential = form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey), signal })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey), mediation, signal });
      form.elements.credential.value = JSON.stringify(credential);
      form.requestSubmit();
    } catch (error) {
      // Somebody who was only offered one, or pressed the button meanwhile, has not failed.
      if (signal.aborted || mediation) return;
      say(error.forPeople ?? (error.name === 'NotAllowedError' ? form.dataset.passkeyCancelled : form.dataset.passkeyFailed));
    }
  }

  async function options(signal) {
    const response = await fetch(form.dataset.passkeyOptions, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal });
    if (response.status === 422) throw Object.assign(new Error('refused'), { forPeople: await response.json() });
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }

  function say(sentence) {
    const alert = form.querySelector('[role="alert"]');
    alert.textContent = sentence;
    alert.hidden = !sentence;
  }
}

// Tells the server which colours the machine asks for, so that the next page starts in them.
const dark = matchMedia('(prefers-color-scheme: dark)');

function tell() {
  document.cookie = `samia-machine=${dark.matches ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=lax`;
}

tell();
dark.addEventListener('change', tell);

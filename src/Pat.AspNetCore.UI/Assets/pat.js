// The pages work without any of this. It copies values, asks for confirmations in dialogs and takes a value that was
// shown once off a page that is left.
(() => {
  'use strict';

  const root = document.querySelector('.pat');
  if (!root) {
    return;
  }

  for (const button of root.querySelectorAll('[data-pat-copy]')) {
    const field = document.getElementById(button.dataset.patCopy);
    const status = button.closest('.pat-copy').nextElementSibling;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = button.dataset.patCopied;
      } catch {
        // Refused, or there is no clipboard: the page was not loaded over HTTPS.
        field.focus();
        field.select();
        status.textContent = button.dataset.patRefused;
      }
    });
    field.addEventListener('focus', () => field.select());
  }

  // A browser may keep a page that is left as it is, and show it again when one goes back.
  const once = root.querySelector('[data-pat-once]');
  if (once) {
    addEventListener('pagehide', () => {
      once.remove();
      root.querySelector('[data-pat-gone]').hidden = false;
    });
  }

  // The page that answered a form leaves the history, so that going back does not send the form again.
  for (const link of root.querySelectorAll('a[data-pat-replace]')) {
    link.addEventListener('click', event => {
      event.preventDefault();
      location.replace(link.href);
    });
  }

  // Writing a date chooses it, and choosing a scope marks what it includes.
  const prepare = part => {
    for (const field of part.querySelectorAll('[data-pat-chooses]')) {
      const choice = part.querySelector(`[id="${CSS.escape(field.dataset.patChooses)}"]`);
      field.addEventListener('input', () => {
        choice.checked = true;
      });

      // A date out of range would keep the form from being sent, though something else is chosen by now.
      for (const other of part.querySelectorAll(`input[name="${choice.name}"]`)) {
        other.addEventListener('change', () => {
          if (!choice.checked) {
            field.value = '';
          }
        });
      }
    }

    const scopes = [...part.querySelectorAll('[data-pat-implies]')];
    const showImplied = () => {
      const implied = new Set(scopes.filter(box => box.checked).flatMap(box => box.dataset.patImplies.split(' ')));
      for (const box of scopes) {
        box.closest('.pat-choice').classList.toggle('pat-included', !box.checked && implied.has(box.value));
      }
    };
    scopes.forEach(box => box.addEventListener('change', showImplied));
    showImplied();
  };
  prepare(root);

  const open = async link => {
    const response = await fetch(link.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('.pat');
    if (!response.ok || response.redirected || !page) {
      location.assign(link.href);
      return;
    }

    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'pat-dialog-title');
    page.querySelectorAll('link, script').forEach(element => element.remove());
    const heading = document.createElement('h2');
    heading.id = 'pat-dialog-title';
    heading.append(...page.querySelector('h1').childNodes);
    page.querySelector('h1').replaceWith(heading);
    dialog.append(...page.childNodes);
    for (const cancel of dialog.querySelectorAll('[data-pat-cancel]')) {
      cancel.setAttribute('role', 'button');
      cancel.addEventListener('click', event => {
        event.preventDefault();
        dialog.close();
      });
    }

    dialog.addEventListener('close', () => {
      dialog.remove();
      link.focus();
    });
    root.append(dialog);
    prepare(dialog);
    dialog.showModal();
  };

  root.addEventListener('click', event => {
    const link = event.target.closest('a[data-pat-dialog]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !window.HTMLDialogElement) {
      return;
    }

    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
})();

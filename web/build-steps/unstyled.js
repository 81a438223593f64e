// SPDX-License-Identifier: Apache-2.0
// Observable Plot writes a <style> element into each figure, which style-src 'self' forbids. What it says stands in
// src/styles/plot.css instead; this step takes the element out, and fails where a new version writes it otherwise.
const kStyle = /\.append\("style"\)\s*\.text\(/;

export function unstyled() {
  return {
    name: 'dragoman-unstyled',
    transform(code, id) {
      if (!/@observablehq\/plot\/src\/plot\.js/.test(id)) return null;
      if (!kStyle.test(code)) this.error('Plot no longer appends its style as build-steps/unstyled.js expects');
      return { code: code.replace(kStyle, '.append("desc").remove().text('), map: null };
    },
  };
}

import type { Attachment } from 'svelte/attachments';

/**
 * Gives an element the class `tight-1`, then also `tight-2` and so on, until what it holds fits without scrolling; none
 * where it fits as it is. Measured anew whenever the element or its content changes size, in whatever language.
 *
 * @param most How many steps of tightness its styles know.
 */
export function fit(most: number): Attachment<HTMLElement> {
  return (element) => {
    const settle = () => {
      for (let level = 0; level <= most; level++) {
        for (let step = 1; step <= most; step++) element.classList.toggle(`tight-${step}`, step <= level);
        if (element.scrollHeight <= element.clientHeight) return;
      }
    };
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    settle();
    return () => observer.disconnect();
  };
}

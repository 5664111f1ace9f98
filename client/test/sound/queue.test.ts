import { describe, expect, it } from 'vitest';
import { SampleQueue } from '../../src/sound/queue';

const chunk = (clause: number, firstSample: number, values: number[]) => ({ clause, firstSample, samples: new Int16Array(values) });

describe('the queue of samples', () => {
  it('plays clauses one after the other and says which ended', () => {
    const queue = new SampleQueue();
    queue.begin(1, 2);
    queue.begin(2, 2);
    queue.take(chunk(1, 0, [16384, 16384]));
    queue.take(chunk(2, 0, [-16384, -16384]));
    const out = new Float32Array(3);
    expect(queue.pull(out)).toEqual([1]);
    expect([...out]).toEqual([0.5, 0.5, -0.5]);
    expect(queue.position()).toEqual({ clause: 2, sample: 1 });
  });

  it('holds the place still while nothing arrives, so that the mouth waits too', () => {
    const queue = new SampleQueue();
    queue.begin(1, 4);
    queue.take(chunk(1, 0, [3277, 3277]));
    const out = new Float32Array(4);
    queue.pull(out);
    expect(queue.position()).toEqual({ clause: 1, sample: 2 });
    queue.pull(out);
    expect(queue.position()).toEqual({ clause: 1, sample: 2 });
    expect(queue.underrunSamples).toBe(6);
    expect(queue.flowing).toBe(false);
    queue.take(chunk(1, 2, [3277, 3277]));
    expect(queue.flowing).toBe(true);
    expect(queue.pull(out)).toEqual([1]);
    expect(queue.flowing).toBe(false);
  });

  it('falls silent at once with a short fade, and forgets the rest', () => {
    const queue = new SampleQueue();
    queue.begin(1, 2000);
    queue.take(chunk(1, 0, new Array(2000).fill(16384)));
    const tail = queue.hush();
    expect(tail.length).toBe(480);
    expect(tail.at(-1)!).toBeLessThan(0.01);
    expect(queue.position()).toBeNull();
    const out = new Float32Array(8).fill(1);
    queue.pull(out);
    expect([...out]).toEqual(new Array(8).fill(0));
  });

  it('passes over sound of a clause that was hushed, and over sound out of order', () => {
    const queue = new SampleQueue();
    queue.begin(2, 4);
    queue.take(chunk(1, 0, [1, 1]));
    queue.take(chunk(2, 2, [1, 1]));
    expect(queue.pull(new Float32Array(2))).toEqual([]);
    expect(queue.position()).toEqual({ clause: 2, sample: 0 });
  });
});

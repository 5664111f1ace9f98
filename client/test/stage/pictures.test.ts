import { Mesh, MeshLambertMaterial, PlaneGeometry, Texture } from 'three';
import { describe, expect, it } from 'vitest';
import { showPicture } from '../../src/stage/things';

function shown(width: number, height: number, free: boolean): { wide: number; high: number; map: Texture | null; repeat: number } {
  const mesh = new Mesh(new PlaneGeometry(0.2, 0.1), new MeshLambertMaterial());
  const texture = new Texture({ width, height } as never);
  showPicture(mesh, texture, 2, free);
  mesh.geometry.computeBoundingBox();
  const { min, max } = mesh.geometry.boundingBox!;
  return { wide: max.x - min.x, high: max.y - min.y, map: mesh.material.map, repeat: texture.repeat.x * texture.repeat.y };
}

describe("the family's own picture", () => {
  it.each([
    [800, 400],
    [800, 800],
    [300, 900],
  ])('of %i by %i is shown whole, in its own shape', (width, height) => {
    for (const free of [true, false]) {
      const { wide, high, map, repeat } = shown(width, height, free);
      expect(wide / high).toBeCloseTo(width / height, 3);
      expect(repeat).toBe(1);
      expect(map).not.toBeNull();
    }
  });

  it('stays within its frame, and a letter keeps its size', () => {
    const framed = shown(300, 900, false);
    expect(framed.wide).toBeLessThanOrEqual(0.2001);
    expect(framed.high).toBeLessThanOrEqual(0.1001);
    const letter = shown(300, 900, true);
    expect(letter.wide * letter.high).toBeCloseTo(0.02, 4);
  });
});

// The name of a part comes in; how it is drawn as a picture book, or as a figure of light, goes out in words of the shader.

/** What one style changes in a part's material. Pieces of shader text; `map` reads the part's own colours. */
export interface Paint {
  /** Where the colour of the picture is read: `sampled` is what it gives. */
  readonly map?: string;
  readonly after: string;
  readonly roughness: number;
  /** Soft at its edges; needs the antialiasing that every view has. */
  readonly soft?: boolean;
}

/** Slow value noise on the body itself: strokes stay where they are when she moves. */
export const NOISE = `
float grain(vec3 p) { p = fract(p * 0.1031); p += dot(p, p.zyx + 31.32); return fract((p.x + p.y) * p.z); }
float strokes(vec3 p) {
vec3 cell = floor(p), f = fract(p); f = f * f * (3.0 - 2.0 * f);
vec4 low = vec4(grain(cell), grain(cell + vec3(1, 0, 0)), grain(cell + vec3(0, 1, 0)), grain(cell + vec3(1, 1, 0)));
vec4 high = vec4(grain(cell + vec3(0, 0, 1)), grain(cell + vec3(1, 0, 1)), grain(cell + vec3(0, 1, 1)), grain(cell + vec3(1, 1, 1)));
vec4 row = mix(low, high, f.z); vec2 side = mix(row.xy, row.zw, f.y);
return mix(side.x, side.y, f.x);
}`;

/** A few mip levels down, a picture is as if laid on with a broad brush. */
const BRUSHED = (levels: number) =>
  `vec4 sampledDiffuseColor = texture2D(map, vMapUv, ${levels.toFixed(1)}); diffuseColor *= sampledDiffuseColor;`;

/** Sun and sky as the place has them now, without a form: what a painter mixes before the first stroke. */
const DAY = `
vec3 sky = ambientLightColor;
#if NUM_HEMI_LIGHTS > 0
sky += 0.5 * (hemisphereLights[0].skyColor + hemisphereLights[0].groundColor);
#endif
sky *= RECIPROCAL_PI;
vec3 sunward = normalize((viewMatrix * vec4(-0.45, 0.75, 0.6, 0.0)).xyz), sun = sky;
#if NUM_DIR_LIGHTS > 0
sunward = directionalLights[0].direction; sun = directionalLights[0].color * RECIPROCAL_PI;
#endif
float level = dot(sky, vec3(0.3, 0.59, 0.11)); // a night in a picture book is never so dark that a face is lost, and never blue in it
sky = mix(vec3(level) * vec3(1.14, 1.0, 0.87), sky, 0.42) * max(1.0, 0.34 / level);
sun = mix(vec3(dot(sun, vec3(0.3, 0.59, 0.11))) * vec3(1.08, 1.0, 0.88), sun, 0.55);
vec3 lamp = max(reflectedLight.directDiffuse / max(diffuseColor.rgb, 0.02) - sun, 0.0);
float faced = saturate(dot(reflectedLight.directDiffuse, vec3(1.0)) / max(dot(diffuseColor.rgb * sun, vec3(0.9)), 0.01));`;

/** Half of Lambert's light in two broad tones, plum in the shade and cream in the sun, with an edge that a brush would leave. */
function gouache(plum: string, cream: string, strokeM: number, ink: string): string {
  return `{ ${DAY}
vec3 eyeward = normalize(vViewPosition);
float brush = strokes(vRest * vec3(0.7, 1.6, 0.7) / ${strokeM.toFixed(4)}) - 0.5;
float half_ = dot(normal, sunward) * 0.5 + 0.5 + brush * 0.07;
float toward = dot(normal, eyeward);
float tone = smoothstep(0.26, 0.60, half_) * 0.72 + smoothstep(0.60, 0.92, half_) * 0.28;
tone *= mix(0.62, 1.0, smoothstep(0.05, 0.5, faced));
vec3 dark = sky * ${plum} * 1.22, bright = (sky * 0.66 + sun * 0.58) * ${cream};
vec3 wash = lamp * 0.8 + mix(dark, bright, tone) * (1.0 + brush * 0.09);
vec3 rich = diffuseColor.rgb; float grey = dot(rich, vec3(0.3, 0.59, 0.11));
rich = max(mix(vec3(grey), rich, 0.94), 0.0); rich = mix(rich, vec3(1.0, 0.95, 0.86), 0.05);
float pool = strokes(vRest / 0.055 + 7.0) - 0.5;
outgoingLight = rich * wash * (1.0 + pool * 0.10);
outgoingLight += rich * bright * 0.30 * pow(1.0 - saturate(toward), 3.0) * saturate(dot(normal, sunward) + 0.4);
float line = smoothstep(0.06, 0.34 + brush * 0.12, toward);
outgoingLight *= mix(${ink}, vec3(1.0), line); }`;
}

/** Painted eyes: one clear light in them, an iris that keeps its colour in the shade. */
const PAINTED_EYES = `{ ${DAY}
vec3 eyeward = normalize(vViewPosition), mirrored = reflect(-eyeward, normal);
vec3 rich = diffuseColor.rgb; float grey = dot(rich, vec3(0.3, 0.59, 0.11));
rich = max(mix(vec3(grey), rich, 1.25), 0.0);
outgoingLight = rich * (sky * 0.92 + sun * 0.24 + lamp * 0.4) * vec3(1.02, 0.98, 0.95);
float high = smoothstep(0.940, 0.958, dot(mirrored, normalize(vec3(-0.40, 0.60, 0.68))));
float low = smoothstep(0.978, 0.992, dot(mirrored, normalize(vec3(0.42, -0.30, 0.86))));
float day = saturate(dot(sky + sun, vec3(0.4)));
outgoingLight = mix(outgoingLight, vec3(1.0, 0.97, 0.91) * (0.35 + 0.65 * day), high * 0.95 + low * 0.35); }`;

/** Hair in locks: a dark ground, one broad light that runs across them. */
const PAINTED_HAIR = `{ ${DAY}
vec3 eyeward = normalize(vViewPosition), along = normalize(vStrand), halfway = normalize(eyeward + sunward);
float brush = strokes(vRest * vec3(1.4, 0.45, 1.4) / 0.012) - 0.5;
float half_ = dot(normal, sunward) * 0.5 + 0.5 + brush * 0.16;
float tone = smoothstep(0.28, 0.58, half_) * mix(0.6, 1.0, smoothstep(0.05, 0.5, faced));
vec3 rich = diffuseColor.rgb; float grey = dot(rich, vec3(0.3, 0.59, 0.11));
rich = max(mix(vec3(grey), rich, 0.95), 0.0) * 1.12 + 0.012;
vec3 dark = sky * vec3(0.86, 0.72, 0.80), bright = (sky * 0.62 + sun * 0.52) * vec3(1.10, 1.03, 0.94);
outgoingLight = rich * (lamp * 0.7 + mix(dark, bright, tone) * (1.0 + brush * 0.16));
float across = dot(along, halfway); float sheen = sqrt(max(0.0, 1.0 - across * across));
outgoingLight += (rich * 0.9 + 0.03) * bright * smoothstep(0.955 + brush * 0.03, 0.985, sheen) * saturate(dot(normal, sunward) + 0.35) * 0.8;
outgoingLight *= mix(vec3(0.55, 0.42, 0.42), vec3(1.0), smoothstep(0.05, 0.36, dot(normal, eyeward))); }`;

const PAINTED: Readonly<Record<string, Paint>> = {
  skin: { map: BRUSHED(1.4), after: gouache('vec3(1.02, 0.82, 0.84)', 'vec3(1.08, 1.03, 0.95)', 0.016, 'vec3(0.58, 0.36, 0.33)'), roughness: 0.95 },
  eyes: { after: PAINTED_EYES, roughness: 0.9 },
  hair: { map: BRUSHED(2.2), after: PAINTED_HAIR, roughness: 0.95 },
  cloth: { map: BRUSHED(1.6), after: gouache('vec3(0.84, 0.70, 0.82)', 'vec3(1.08, 1.04, 0.96)', 0.028, 'vec3(0.50, 0.36, 0.42)'), roughness: 0.98 },
}; // biome-ignore format: one part, one line

/**
 * A lantern, not a ghost: bright and warm in the middle where there is most of her, honey towards the edges, which melt into the air.
 * Her own colours stay in it, so that hair, coat and cheeks are hers; what is dark in a face stays dark enough to be read.
 */
function lantern(own: number, low: number, melt: number): string {
  return `{ ${DAY}
vec3 eyeward = normalize(vViewPosition);
float toward = saturate(dot(normal, eyeward));
float grey = dot(diffuseColor.rgb, vec3(0.3, 0.59, 0.11));
vec3 tint = diffuseColor.rgb / max(grey, 0.05);
float form = mix(${low.toFixed(2)}, 1.0, smoothstep(0.05, 0.92, sqrt(grey)));
float soft = dot(normal, normalize(sunward + eyeward * 0.5 + vec3(0.0, 0.6, 0.0))) * 0.5 + 0.5;
vec3 heart = vec3(1.0, 0.92, 0.74), honey = vec3(0.92, 0.69, 0.38), amber = vec3(0.68, 0.42, 0.23);
vec3 glow = mix(amber, honey, smoothstep(0.20, 0.62, soft));
glow = mix(glow, heart, smoothstep(0.50, 0.98, soft) * smoothstep(0.1, 0.9, toward));
glow = mix(honey * 1.12, glow, smoothstep(0.0, 0.55, toward));
glow *= mix(vec3(1.0), clamp(tint, 0.4, 1.5), ${own.toFixed(2)}) * form;
float day = saturate(dot(sky + sun, vec3(0.3)));
outgoingLight = glow * mix(0.74, 0.93, day);
diffuseColor.a *= smoothstep(0.0, ${melt.toFixed(2)}, toward); }`;
}

/** Eyes of a figure of light: clear, dark enough to look back, a warm light in them. */
const LIGHT_EYES = `{ ${DAY}
vec3 eyeward = normalize(vViewPosition), mirrored = reflect(-eyeward, normal);
float day = saturate(dot(sky + sun, vec3(0.3)));
outgoingLight = diffuseColor.rgb * vec3(1.02, 0.92, 0.80) * mix(0.62, 0.96, day);
float high = smoothstep(0.948, 0.968, dot(mirrored, normalize(vec3(-0.42, 0.62, 0.66))));
float low = smoothstep(0.982, 0.993, dot(mirrored, normalize(vec3(0.42, -0.28, 0.86))));
outgoingLight += vec3(1.0, 0.94, 0.82) * (high * 0.85 + low * 0.3); }`;

const LIGHT: Readonly<Record<string, Paint>> = {
  skin: { map: BRUSHED(0.8), after: lantern(0.42, 0.10, 0.13), roughness: 1, soft: true },
  eyes: { after: LIGHT_EYES, roughness: 1 },
  hair: { map: BRUSHED(1.2), after: lantern(0.5, 0.5, 0.01), roughness: 1 },
  cloth: { map: BRUSHED(2.6), after: lantern(0.55, 0.45, 0.42), roughness: 1, soft: true },
}; // biome-ignore format: one part, one line

export const PAINTS: Readonly<Record<string, Readonly<Record<string, Paint>>>> = { painted: PAINTED, light: LIGHT };

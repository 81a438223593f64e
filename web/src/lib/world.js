// SPDX-License-Identifier: Apache-2.0
// The shapes of the map, in the page's own files: Natural Earth, 1:110 million, through the package world-atlas.
import { geoGraticule10, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import atlas from 'world-atlas/countries-110m.json';
import { shapes } from 'virtual:knowledge';

export const kWidth = 960;
export const kHeight = 430;

// Antarctica has no events and takes a fifth of the room.
const countries = feature(atlas, atlas.objects.countries).features.filter(({ properties }) => properties.name !== 'Antarctica');
const projection = geoNaturalEarth1().fitExtent([[4, -14], [kWidth - 4, kHeight - 4]], { type: 'FeatureCollection', features: countries });
const path = geoPath(projection).digits(1);

/** One path a country: {code, name, outline}. */
export const kCountries = countries.map((shape) => ({ code: shapes[shape.properties.name], name: shape.properties.name, outline: path(shape) }));
export const kBorders = path(mesh(atlas, atlas.objects.countries, (a, b) => a !== b));
export const kGrid = path(geoGraticule10());

/** Where a place lies on the map, [x, y], or nothing. */
export function point(lon, lat) {
  return projection([lon, lat]);
}

/** A step from 0 (none) to 5 on a scale of powers, so that few and many can both be told. */
export function tone(count, most) {
  if (!count) return 0;
  return most <= 1 ? 3 : 1 + Math.min(4, Math.floor((4.999 * Math.log(count)) / Math.log(most)));
}

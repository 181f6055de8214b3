import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { GraphThresholdsStyleConfigBuilder, type DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

export const DATASOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** Of 24. */
export type Width = 4 | 6 | 8 | 12 | 24;

export interface PanelText {
  readonly title: string;
  readonly description: string;
  /** An id of Grafana's list of units. */
  readonly unit: string;
  readonly width: Width;
  /** From these values on the colour changes; nothing is coloured without. */
  readonly thresholds?: Thresholds;
}

/** Ascending; the first colour holds below all of them. */
export interface Thresholds {
  readonly below: string;
  readonly from: readonly (readonly [value: number, color: string])[];
}

export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** One number as it is now. */
export function stat({ title, description, unit, width, thresholds }: PanelText, query: Query): StatBuilder {
  return new StatBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .span(width)
    .height(4)
    .noValue('–')
    .colorMode(thresholds ? common.BigValueColorMode.Value : common.BigValueColorMode.None)
    .thresholds(steps(thresholds))
    .withTarget(now(query));
}

/** How something went; a line for each series. */
export function graph(
  { title, description, unit, width, thresholds }: PanelText,
  queries: readonly Query[],
  { stacked = false, belowZero = false }: { readonly stacked?: boolean; readonly belowZero?: boolean } = {},
): TimeseriesBuilder {
  const panel = new TimeseriesBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .span(width)
    .height(8)
    .fillOpacity(stacked ? 60 : 10)
    .showPoints(common.VisibilityMode.Never)
    .stacking(new common.StackingConfigBuilder().mode(stacked ? common.StackingMode.Normal : common.StackingMode.None))
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi))
    .thresholds(steps(thresholds))
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(
        thresholds ? common.GraphThresholdsStyleMode.Dashed : common.GraphThresholdsStyleMode.Off,
      ),
    );
  if (!belowZero) panel.min(0);
  queries.forEach((query, index) => panel.withTarget(range(query).refId(refId(index))));
  return panel;
}

/** The series of one query as rows, the largest value first. */
export function table(text: PanelText, query: Query): TableBuilder {
  return new TableBuilder()
    .title(text.title)
    .description(text.description)
    .datasource(DATASOURCE)
    .unit(text.unit)
    .span(text.width)
    .height(8)
    .noValue('–')
    .thresholds(steps(text.thresholds))
    .sortBy([new common.TableSortByFieldStateBuilder().displayName(query.legend).desc(true)])
    .withTransformation({
      id: 'organize',
      options: { excludeByName: { Time: true }, renameByName: { Value: query.legend } },
    })
    .withTarget(now(query).format(PromQueryFormat.Table));
}

function now({ expr, legend }: Query): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).refId('A').expr(tidy(expr)).legendFormat(legend).instant();
}

function range({ expr, legend }: Query): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).expr(tidy(expr)).legendFormat(legend).range();
}

function steps(thresholds: Thresholds | undefined): Builder<dashboard.ThresholdsConfig> {
  const { below, from } = thresholds ?? { below: 'text', from: [] };
  return new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps([{ value: null, color: below }, ...from.map(([value, color]) => ({ value, color }))]);
}

function refId(index: number): string {
  return String.fromCodePoint('A'.charCodeAt(0) + index);
}

function tidy(expr: string): string {
  return expr.replaceAll(/\s+/g, ' ').trim();
}

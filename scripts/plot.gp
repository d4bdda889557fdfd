# Plots a result: need against usable places with the p05-p95 band, queues, police cells.
# usage: gnuplot -e "folder='results/netherlands'" scripts/plot.gp      (plot.svg in that folder)
#        also out='picture.png' (.png or .svg) and every=7 (a point each so many days)
if (!exists("folder")) { print "plot: say gnuplot -e \"folder='results/NAME'\" scripts/plot.gp"; exit status 2 }
if (!exists("out")) out = folder . "/plot.svg"
if (!exists("every")) every = 7

series = folder . "/series.csv"
if (system("test -r '" . series . "' && echo there") ne "there") {
    print "plot: there is no " . series . "; a comparison has none, only what run and merge write"
    exit status 2
}
title = system("sed -n 's/^  title: //p' '" . folder . "/run.yaml' | head -n 1 | sed 's/^\"//; s/\"$//'")
# Of an indicator's total: date, mean, p05, p95.
rows(indicator) = "< awk -F, '$2 == \"" . indicator . "\" && $3 == \"total\" && n++ % " . sprintf("%d", every) \
                . " == 0 { print $1, $4, $8, $12 }' '" . series . "'"

if (out[strlen(out) - 3:] eq ".png") {
    set terminal pngcairo size 800,760 font "DejaVu Sans,9"
} else {
    set terminal svg size 900,900 font "sans-serif,11"
}
set output out
set multiplot layout 3,1 title title
set xdata time
set timefmt "%Y-%m-%d"
set format x "%Y"
set format y "%.0f"
set grid ytics linecolor rgb "#dddddd"
set border 3
set tics nomirror
set key above left Left reverse maxrows 2
set lmargin 10
set style fill transparent solid 0.25 noborder
set ylabel "people, places"

# The axis starts at 0 but for need and usable, whose difference is what matters. Need by normal execution is how many
# places are needed; need counts people sent home too (docs/results.md).
has_normal = int(system("grep -c ',need_normal,total,' '" . series . "'")) > 0
normal = has_normal ? "rows('need_normal') using 1:2 with lines linewidth 2 linecolor rgb '#16a085' title 'need by normal execution, mean', " : ""
plot @normal rows("need") using 1:3:4 with filledcurves linecolor rgb "#c0392b" title "need, p05-p95", \
     rows("need") using 1:2 with lines linewidth 2 linecolor rgb "#c0392b" title "need, mean", \
     rows("present") using 1:2 with lines linewidth 2 linecolor rgb "#7f8c8d" title "held, mean", \
     rows("usable") using 1:2 with steps linewidth 2 linecolor rgb "#2c3e50" title "usable places"
set yrange [0:*]
set ylabel "people"
plot rows("queue") using 1:3:4 with filledcurves linecolor rgb "#2980b9" title "queue outside, p05-p95", \
     rows("queue") using 1:2 with lines linewidth 2 linecolor rgb "#2980b9" title "queue outside, mean", \
     rows("at_home") using 1:3:4 with filledcurves linecolor rgb "#e67e22" title "sent home, not back, p05-p95", \
     rows("at_home") using 1:2 with lines linewidth 2 linecolor rgb "#e67e22" title "sent home, not back, mean"
plot rows("cell") using 1:3:4 with filledcurves linecolor rgb "#8e44ad" title "police cells, p05-p95", \
     rows("cell") using 1:2 with lines linewidth 2 linecolor rgb "#8e44ad" title "police cells, mean"
unset multiplot

/* draft_words.c - what headers and states are called in ten languages. */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "parse/draft_words.h"
#include "parse/vocabulary.h"

/* A meaning and its words, with "|" between and around; "*" before a word:
 * also within another. */
struct words {
	int meaning;
	const char *words;
};

static const struct words roles[] = {
	{ DRAFT_MACHINE,
	    "|*machine|grouping|*maskin|*maskine|*maschine|*machineid|id|unit|"
	    "unitid|"
	    "*equipment|*vehicle|*asset|*equipmentid|enhet|enhed|fordon|"
	    "*kjøretøy|*køretøj|internnr|*regnr|serienr|serialnumber|serial|"
	    "pin|*fahrzeug|gerät|engin|*véhicule|équipement|matériel|"
	    "*máquina|*equipo|*vehículo|*equipamento|*veículo|*makine|araç|"
	    "plaka|*kone|laite|ajoneuvo|*gravemaskin|*excavator|" },
	{ DRAFT_STATE,
	    "|*state|*status|mode|*activity|event|eventtype|type|tilstand|"
	    "*aktivitet|arbeidstype|arbetstyp|art|*zustand|betriebsart|"
	    "tätigkeit|état|statut|activité|*estado|*actividad|*atividade|"
	    "situação|*durum|*tila|toiminto|toiminta|inputtype|" },
	{ DRAFT_START,
	    "|*start|*begin|*beginning|from|fra|fraklokken|från|von|beginn|"
	    "anfang|*début|de|inicio|*início|desde|firston|başlangıç|"
	    "başlama|alku|alkaa|*alkoi|aloitus|startet|" },
	{ DRAFT_END,
	    "|end|endtime|*enddate|*endtime|stop|to|til|till|*slutt|*slut|"
	    "bis|ende|*ende|fin|*fin|hasta|fim|*fim|término|até|à|a|lastoff|"
	    "bitiş|bitis|son|loppu|*päätty|lopetus|*endet|*end|" },
	{ DRAFT_DURATION,
	    "|*duration|hours|timer|tid|*varighet|*varighed|*varaktighet|"
	    "*dauer|stunden|*durée|heures|*duración|horas|*duração|süre|"
	    "saat|*kesto|tunnit|usage|*hours|minutes|minutter|minuter|"
	    "minuten|minutos|" },
	{ DRAFT_PAUSE,
	    "|*pause|*break|*paus|rast|*descanso|*pausa|*intervalo|mola|"
	    "*tauko|" },
	{ DRAFT_TIME,
	    "|time|*timestamp|*datetime|*tidspunkt|*tidpunkt|zeit|"
	    "*zeitpunkt|*zeitstempel|uhrzeit|heure|*horodatage|hora|"
	    "fechahora|fechayhora|datahora|dataehora|dateheure|zaman|aika|"
	    "*aikaleima|klokkeslett|*msgtime|datetimeutc|tarihsaat|" },
	{ DRAFT_DATE,
	    "|date|day|dato|datum|dag|tag|fecha|día|data|dia|tarih|gün|"
	    "*päivämäärä|päivä|pvm|jour|*workday|" },
	{ DRAFT_COMPANY, "|companyid|" },
	{ DRAFT_PROJECT,
	    "|*project|*projekt|*prosjekt|*projectid|*projet|*proyecto|"
	    "*projeto|*proje|*projekti|*työmaa|ordre|" },
};

static const struct words counters[] = {
	{ 0,
	    "|*counter|*cumulative|*hourmeter|*meter|*smr|*timeteller|timetall|"
	    "gangtimer|*driftstimer|*timetæller|*mätarställning|*timräknare|"
	    "*betriebsstunden|*zähler|*zählerstand|*compteur|*horamètre|"
	    "*horómetro|*horímetro|*sayaç|*sayacı|*käyttötunnit|*mittari|"
	    "*enginehours|*totalhours|*operatinghours|" },
};

static const struct words sayings[] = {
	{ DRAFT_OFF,
	    "|off|parked|parking|parkering|shutdown|turnedoff|*engineoff|*"
	    "ignitionoff|av|"
	    "avslått|*motorav|parkert|slukket|*motorslukket|parkeret|"
	    "avstängd|parkerad|*motoravstängd|aus|abgeschaltet|"
	    "ausgeschaltet|*motoraus|geparkt|éteint|*moteurarrêté|"
	    "*moteuréteint|garé|stationné|apagado|*motorapagado|aparcado|"
	    "estacionado|desligado|*motordesligado|kapalı|*motorkapalı|"
	    "park|parkta|sammutettu|*moottorisammutettu|sammuksissa|"
	    "pysäköity|pois|" },
	{ DRAFT_IDLE,
	    "|*idle|*idling|*tomgang|*tomgång|*leerlauf|*ralenti|*ralentí|"
	    "ocioso|ociosa|ociosas|*marchalenta|*rölanti|*rolanti|boşta|"
	    "*tyhjäkäyn|*joutokäyn|" },
	{ DRAFT_MOVING,
	    "|moving|driving|drive|travel|travelling|traveling|transport|"
	    "transit|intransit|inmotion|intransport|haul|hauling|trip|"
	    "kjøring|kjører|flytting|forflytning|kørsel|kører|flytning|"
	    "körning|kör|förflyttning|flytt|fahrt|fahren|fährt|inbewegung|"
	    "umsetzen|*transportfahrt|déplacement|endéplacement|conduite|"
	    "enmouvement|roulage|trajet|desplazamiento|conducción|"
	    "conduciendo|enmovimiento|traslado|transporte|deslocamento|"
	    "dirigindo|condução|emmovimento|viagem|sürüş|hareket|"
	    "hareketli|harekethalinde|yolda|nakliye|taşıma|ajo|ajaa|ajossa|"
	    "siirto|kuljetus|liikkeessä|liikkuu|" },
	{ DRAFT_WORKING,
	    "|working|work|productive|operating|run|dig|digging|excavating|"
	    "load|loading|lifting|drilling|grading|compacting|swing|"
	    "mworking|w|arbeid|arbeider|iarbeid|graving|graver|lasting|"
	    "laster|løfting|boring|planering|rørlegging|arbejde|arbejder|"
	    "gravning|læsning|arbete|arbetar|grävning|gräver|lastning|"
	    "lastar|arbeit|arbeitet|arbeiten|inarbeit|baggern|graben|laden|"
	    "produktiv|travail|autravail|entravail|travaille|chargement|"
	    "creusement|productif|trabajo|trabajando|entrabajo|excavación|"
	    "excavando|carga|cargando|productivo|trabalho|trabalhando|"
	    "emtrabalho|escavação|escavando|carregando|carregamento|"
	    "produtivo|çalışıyor|çalışma|çalışan|kazı|yükleme|eco|standart|"
	    "power|työ|työssä|työskentelee|kaivu|kaivaa|lastaus|kuormaus|" },
	{ DRAFT_IGNORE,
	    "|position|location|gps|gpsfix|heartbeat|ping|pos|posisjon|"
	    "standort|posición|posição|localização|ubicación|konum|"
	    "sijainti|" },
};

/* ${s} in lower case without blanks and signs, a letter four bytes; what is
 * in brackets is left out. */
static void
make_plain(const char *s, size_t len, struct buf *to)
{
	struct buf folded = { 0 };
	uint32_t letter;
	int depth = 0;

	buf_clear(to);
	vocabulary_fold(s, len, &folded);
	for (size_t i = 0; i + sizeof letter <= folded.len;
	     i += sizeof letter) {
		memcpy(&letter, folded.data + i, sizeof letter);
		depth += letter == '[' || letter == '(';
		if (depth == 0 && ((letter >= '0' && letter <= '9') ||
				      (letter >= 'a' && letter <= 'z') ||
				      (letter >= 0x80 && letter != 0xa0)))
			buf_put(to, &letter, sizeof letter);
		depth -= depth > 0 && (letter == ']' || letter == ')');
	}
	buf_free(&folded);
}

/* True if the letters of ${part} stand side by side in ${all}. */
static int
has(const struct buf *all, const struct buf *part)
{
	for (size_t i = 0; i + part->len <= all->len; i += sizeof(uint32_t))
		if (memcmp(all->data + i, part->data, part->len) == 0)
			return 1;
	return 0;
}

/* The meaning of ${text}, or ${none}: a whole word, else the longest within. */
static int
meaning(
    const struct words *list, size_t n, const char *text, int none, int *sure)
{
	struct buf all = { 0 }, word = { 0 };
	size_t longest = 0;
	int found = none;

	*sure = 0;
	make_plain(text, strlen(text), &all);
	for (size_t i = 0; i < n && *sure < 2 && all.len > 0; i++)
		for (const char *w = list[i].words + 1; *w != '\0';) {
			int within = *w == '*';
			size_t len;

			w += within;
			len = strcspn(w, "|");
			make_plain(w, len, &word);
			w += len + 1;
			if (word.len == all.len && has(&all, &word)) {
				found = list[i].meaning;
				*sure = 2;
				break;
			}
			if (within && word.len > longest && has(&all, &word)) {
				longest = word.len;
				found = list[i].meaning;
				*sure = 1;
			}
		}
	buf_free(&all);
	buf_free(&word);
	return found;
}

enum draft_role
draft_words_role(const char *header, int *sure)
{
	return (enum draft_role)meaning(
	    roles, sizeof roles / sizeof roles[0], header, DRAFT_ROLES, sure);
}

int
draft_words_counter(const char *header)
{
	int sure;

	return meaning(counters, 1, header, -1, &sure) == 0;
}

enum draft_saying
draft_words_saying(const char *word)
{
	int sure;

	return (enum draft_saying)meaning(sayings,
	    sizeof sayings / sizeof sayings[0], word, DRAFT_SAYINGS, &sure);
}
